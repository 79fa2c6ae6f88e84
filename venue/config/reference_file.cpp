#include "venue/config/reference_file.hpp"

#include "venue/config/table_reader.hpp"

namespace venue::config {
namespace {

model::AddAsset read_asset(TableReader asset) {
    model::AddAsset command;
    command.asset.code = asset.text("code");
    command.asset.ledger_digits = static_cast<std::int32_t>(asset.integer("ledger_digits", 0, 18));
    command.asset.chain_digits = static_cast<std::int32_t>(asset.integer("chain_digits", 0, 18));
    asset.finish();
    return command;
}

model::ListInstrument read_instrument(TableReader instrument) {
    model::ListInstrument command;
    command.symbol = instrument.text("symbol");
    command.base = instrument.text("base");
    command.quote = instrument.text("quote");
    command.tick = instrument.decimal("tick");
    command.lot = instrument.decimal("lot");
    const auto rate = [&](std::string_view key) {
        return static_cast<model::FeeRate>(instrument.integer(key, -model::fee_rate_max, model::fee_rate_max));
    };
    command.maker_rate = rate("maker_fee");
    command.taker_rate = rate("taker_fee");
    const bool in_quote = instrument.one_of("fee_in", {"received", "quote"}) == "quote";
    command.fee_source = in_quote ? model::FeeSource::quote : model::FeeSource::received;
    instrument.finish();
    return command;
}

void read_account(TableReader account, const std::string& participant, const std::string& file, ReferenceFile& into) {
    const auto name = account.text("name");
    into.accounts.push_back({participant, name});
    const auto& balances = account.table("balances");
    TableReader amounts(file, "balances of " + name, balances);
    for (const auto& [asset, amount] : balances) {
        into.deposits.push_back({name, std::string(asset.str()), amounts.decimal(asset.str())});
    }
    account.finish();
}

model::AddSession read_session(TableReader session, const std::string& participant) {
    model::AddSession command;
    command.participant = participant;
    command.account = session.text("account");
    command.comp_id = session.text("sender");
    command.username = session.text("username");
    session.finish();
    return command;
}

void read_participant(TableReader participant, const std::string& file, ReferenceFile& into) {
    const auto name = participant.text("name");
    into.participants.push_back({name});
    for (const auto* account : participant.tables("account")) {
        read_account({file, "account of " + name, *account}, name, file, into);
    }
    for (const auto* session : participant.tables("session")) {
        into.sessions.push_back(read_session({file, "session of " + name, *session}, name));
    }
    participant.finish();
}

/// Calls `read` with a reader for each table of the array.
template <class Read>
void for_each(TableReader& root, const std::string& file, const std::string& key, Read read) {
    int count = 0;
    for (const auto* table : root.tables(key)) read(TableReader(file, key + " " + std::to_string(++count), *table));
}

}  // namespace

ReferenceFile load_reference(const std::string& file) {
    const auto table = parse_file(file);
    TableReader root(file, "top level", table);
    ReferenceFile reference;
    for_each(root, file, "asset", [&](TableReader t) { reference.assets.push_back(read_asset(std::move(t))); });
    for_each(root, file, "instrument",
             [&](TableReader t) { reference.instruments.push_back(read_instrument(std::move(t))); });
    for_each(root, file, "participant", [&](TableReader t) { read_participant(std::move(t), file, reference); });
    root.finish();
    return reference;
}

std::vector<model::CommandBody> commands(const ReferenceFile& file) {
    std::vector<model::CommandBody> all;
    const auto append = [&](const auto& list) { all.insert(all.end(), list.begin(), list.end()); };
    append(file.assets);
    append(file.instruments);
    append(file.participants);
    append(file.accounts);
    append(file.deposits);
    append(file.sessions);
    return all;
}

}  // namespace venue::config
