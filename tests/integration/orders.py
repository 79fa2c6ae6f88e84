"""The application messages that the tests send, as lists of fields without header."""

from fix_peer.message import utc_now

BUY, SELL = 1, 2
MARKET, LIMIT, STOP_LIMIT, PEGGED = 1, 2, 4, "P"
DAY, GTC, IOC, FOK = 0, 1, 3, 4
SYMBOL = "BTC-USD"


def limit(cl_ord_id, side, quantity, price, time_in_force=GTC, symbol=SYMBOL):
    return [(11, cl_ord_id), (55, symbol), (54, side), (60, utc_now()), (38, quantity), (40, LIMIT), (44, price),
            (59, time_in_force)]


def market(cl_ord_id, side, quantity, symbol=SYMBOL):
    return [(11, cl_ord_id), (55, symbol), (54, side), (60, utc_now()), (38, quantity), (40, MARKET), (59, IOC)]


def stop_limit(cl_ord_id, side, quantity, price, trigger):
    return with_field(limit(cl_ord_id, side, quantity, price), 40, STOP_LIMIT) + [(99, trigger)]


def iceberg(cl_ord_id, side, quantity, price, shown):
    return limit(cl_ord_id, side, quantity, price) + [(111, shown)]


def pegged(cl_ord_id, side, quantity, worst):
    """To the best price of its own side, never beyond the price `worst`."""
    return with_field(limit(cl_ord_id, side, quantity, worst), 40, PEGGED) + [(18, "R"), (211, 0), (836, 0)]


def mass_cancel(cl_ord_id, side, symbol=SYMBOL):
    return [(11, cl_ord_id), (530, 1), (55, symbol), (54, side), (60, utc_now())]


def order_list(list_id, legs, cancels_others):
    """Of orders as single ones are sent. One cancels the others, or the first triggers them."""
    fields = [(66, list_id), (394, 3), (1385, 1 if cancels_others else 2), (68, len(legs)), (73, len(legs))]
    for place, leg in enumerate(legs, 1):
        fields += [leg[0], (67, place)] + without(leg[1:], 60)
    return fields


def list_cancel(list_id):
    return [(66, list_id), (60, utc_now())]


def cancel(cl_ord_id, orig_cl_ord_id, side, quantity="1", symbol=SYMBOL):
    return [(41, orig_cl_ord_id), (11, cl_ord_id), (55, symbol), (54, side), (60, utc_now()), (38, quantity)]


def replace(cl_ord_id, orig_cl_ord_id, side, quantity, price, symbol=SYMBOL):
    return [(41, orig_cl_ord_id), (11, cl_ord_id), (55, symbol), (54, side), (60, utc_now()), (38, quantity),
            (40, LIMIT), (44, price)]


def status(cl_ord_id, side=BUY, request_id=None, symbol=SYMBOL):
    fields = [(11, cl_ord_id), (55, symbol), (54, side)]
    return fields + ([(790, request_id)] if request_id else [])


def book(request_id, depth=0, symbol=SYMBOL):
    return [(262, request_id), (263, 0), (264, depth), (267, 2), (269, 0), (269, 1), (146, 1), (55, symbol)]


def with_field(fields, tag, text):
    """The same fields, one of them with another value, at the end when it isn't there yet."""
    if any(name == tag for name, _ in fields):
        return [(name, text if name == tag else value) for name, value in fields]
    return fields + [(tag, text)]


def without(fields, *tags):
    return [(name, value) for name, value in fields if name not in tags]
