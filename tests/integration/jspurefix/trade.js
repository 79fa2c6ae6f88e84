// Two participants trade on the venue through a stock FIX engine. Usage: node trade.js SETTINGS.json, with host, port,
// target, folder (for the engines' number stores) and sessions, each {sender, username, password}. Ends with 0 only
// when every message was the expected one and the engine's own FIX 4.4 dictionary found no fault with any.
'use strict'

const fs = require('fs')
const path = require('path')
const { Participant } = require('./participant')

const SYMBOL = 'BTC-USD'
const BUY = '1'
const SELL = '2'
const LIMIT = '2'
const GOOD_TILL_CANCEL = '1'
const DICTIONARY = path.join(path.dirname(require.resolve('jspurefix/package.json')), 'data/FIX44.xml')

function description (settings, session) {
  return {
    application: {
      type: 'initiator',
      name: session.sender,
      tcp: { host: settings.host, port: settings.port },
      protocol: 'ascii',
      dictionary: DICTIONARY
    },
    store: { type: 'file', directory: path.join(settings.folder, session.sender) },
    Username: session.username,
    Password: session.password,
    EncryptMethod: 0,
    ResetSeqNumFlag: false,
    HeartBtInt: 30,
    SenderCompId: session.sender,
    TargetCompID: settings.target,
    BeginString: 'FIX.4.4'
  }
}

function terms (name, side, quantity, price) {
  return {
    ClOrdID: name,
    Instrument: { Symbol: SYMBOL },
    Side: side,
    TransactTime: new Date(),
    OrderQtyData: { OrderQty: quantity },
    OrdType: LIMIT,
    Price: price,
    TimeInForce: GOOD_TILL_CANCEL
  }
}

async function askForInstruments (alice) {
  alice.send('x', { SecurityReqID: 'list', SecurityListRequestType: 4 })
  const list = await alice.expect('y', { SecurityReqID: 'list', SecurityRequestResult: 0 })
  const text = JSON.stringify(list)
  for (const symbol of ['BTC-USD', 'ETH-USD', 'ETH-BTC']) {
    if (!text.includes(symbol)) throw new Error(`${symbol} is not listed: ${text}`)
  }
}

async function askForBook (alice, count) {
  alice.send('V', {
    MDReqID: `book-${count}`,
    SubscriptionRequestType: '0',
    MarketDepth: 0,
    MDReqGrp: { NoMDEntryTypes: [{ MDEntryType: '0' }, { MDEntryType: '1' }] },
    InstrmtMDReqGrp: { NoRelatedSym: [{ Instrument: { Symbol: SYMBOL } }] }
  })
  return alice.expect('W', { MDReqID: `book-${count}` })
}

async function trade (alice, bob) {
  alice.send('D', terms('a1', SELL, 1, 21000))
  const accepted = await alice.expect('8', { ExecType: '0', OrdStatus: '0', ClOrdID: 'a1', LeavesQty: 1 })
  bob.send('D', terms('b1', BUY, 0.4, 21000))
  await bob.expect('8', { ExecType: '0', ClOrdID: 'b1' })
  await bob.expect('8', { ExecType: 'F', OrdStatus: '2', LastPx: 21000, LastQty: 0.4, LeavesQty: 0 })
  await alice.expect('8', { ExecType: 'F', OrdStatus: '1', LastQty: 0.4, CumQty: 0.4, LeavesQty: 0.6 })
  return accepted.OrderID
}

async function change (alice, orderId) {
  alice.send('G', { ...terms('a2', SELL, 0.8, 21500), OrigClOrdID: 'a1' })
  await alice.expect('8', { ExecType: '5', OrdStatus: '1', ClOrdID: 'a2', OrigClOrdID: 'a1', LeavesQty: 0.4 })
  alice.send('H', { ClOrdID: 'a2', Instrument: { Symbol: SYMBOL }, Side: SELL })
  await alice.expect('8', { ExecType: 'I', OrderID: orderId, OrdStatus: '1', CumQty: 0.4, LeavesQty: 0.4 })
  const book = JSON.stringify(await askForBook(alice, 1))
  if (!book.includes('21500')) throw new Error(`the order is not in the book: ${book}`)
  alice.send('F', {
    ClOrdID: 'a3',
    OrigClOrdID: 'a2',
    Instrument: { Symbol: SYMBOL },
    Side: SELL,
    TransactTime: new Date(),
    OrderQtyData: { OrderQty: 0.8 }
  })
  await alice.expect('8', { ExecType: '4', OrdStatus: '4', ClOrdID: 'a3', OrigClOrdID: 'a2', LeavesQty: 0 })
  alice.send('F', {
    ClOrdID: 'a4',
    OrigClOrdID: 'a2',
    Instrument: { Symbol: SYMBOL },
    Side: SELL,
    TransactTime: new Date(),
    OrderQtyData: { OrderQty: 0.8 }
  })
  await alice.expect('9', { ClOrdID: 'a4', CxlRejResponseTo: '1', OrdStatus: '4' })
}

/** What happens while alice is away waits for her, and comes as a copy when her engine asks for the gap. */
async function missAFill (alice, bob) {
  alice.send('D', terms('a5', SELL, 0.5, 22000))
  await alice.expect('8', { ExecType: '0', ClOrdID: 'a5' })
  await alice.logOut()
  bob.send('D', terms('b2', BUY, 0.5, 22000))
  await bob.expect('8', { ExecType: '0', ClOrdID: 'b2' })
  await bob.expect('8', { ExecType: 'F', OrdStatus: '2', LastQty: 0.5 })
  await alice.logOn()
  await alice.expect('8', { ExecType: 'F', OrdStatus: '2', ClOrdID: 'a5', LastQty: 0.5 })
  if (alice.copies === 0) throw new Error('the missed fill did not come as a copy')
}

async function run (settings) {
  const [alice, bob] = settings.sessions.map(session => new Participant(description(settings, session)))
  await Promise.all([alice.logOn(), bob.logOn()])
  await askForInstruments(alice)
  await change(alice, await trade(alice, bob))
  await missAFill(alice, bob)
  alice.send('D', terms('a6', BUY, 0.1, 19000))
  await alice.expect('8', { ExecType: '0', ClOrdID: 'a6' })
  await Promise.all([alice.logOut(), bob.logOut()])
  const faults = [...alice.faults, ...bob.faults]
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

run(JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))).then(() => {
  console.log('every message was expected and valid')
  process.exit(0)
}, error => {
  console.error(error.message)
  process.exit(1)
})
