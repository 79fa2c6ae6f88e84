// One session on the jspurefix engine: it queues what arrives, and notes every message that the engine's own
// dictionary finds fault with.
'use strict'

require('reflect-metadata')
const { AsciiSession, EmptyLogFactory, SessionLauncher } = require('jspurefix')
const { FileSessionStreamProvider } = require('jspurefix/dist/store/file-session-stream-provider')

const PATIENCE_MS = 60000
const REJECT = '3'
const BUSINESS_REJECT = 'j'

// The engine doesn't wait for the writes of its numbers' file: they overtake each other, and a session that is opened
// right after its predecessor may read it empty. So they go one by one, and reading waits for them.
let written = Promise.resolve()
const { writeSeqNums, readSeqNums } = FileSessionStreamProvider.prototype
FileSessionStreamProvider.prototype.writeSeqNums = function (content) {
  written = written.then(() => writeSeqNums.call(this, content))
  return written
}
FileSessionStreamProvider.prototype.readSeqNums = function () {
  return written.then(() => readSeqNums.call(this))
}

/** The engine's side: every callback goes to the participant. */
class EngineSession extends AsciiSession {
  constructor (config, participant) {
    super(config)
    this.participant = participant
    participant.engine = this
  }

  onApplicationMsg (type, view) { this.participant.deliver(type, view.toObject()) }
  onReady () { this.participant.deliver('logged on', {}) }
  onLogon () { return true }
  onStopped (error) { this.participant.stopped(error) }
  onDecoded (type, text) { this.participant.received(type, text) }
  onEncoded (type, text) { this.participant.sent(type, text) }
}

class Launcher extends SessionLauncher {
  constructor (description, participant) {
    super(description, null, new EmptyLogFactory())
    this.participant = participant
  }

  makeFactory () { return { makeSession: config => new EngineSession(config, this.participant) } }
}

class Participant {
  constructor (description) {
    this.description = description
    this.name = description.SenderCompId
    this.faults = []
    this.copies = 0
    this.queue = []
    this.wake = () => {}
  }

  // -- what the engine tells --------------------------------------------------------------------

  deliver (type, message) {
    this.queue.push({ type, message })
    this.wake()
  }

  sent (type, text) {
    if (type === REJECT) this.faults.push(`${this.name}'s engine rejects a message of the venue's: ${text}`)
  }

  received (type, text) {
    if (type === REJECT || type === BUSINESS_REJECT) this.faults.push(`the venue rejects ${this.name}: ${text}`)
    if (text.includes('43=Y') && !text.includes('35=4')) this.copies += 1
  }

  stopped (error) {
    if (error) this.faults.push(`${this.name} was stopped: ${error.message}`)
    this.deliver('stopped', {})
  }

  // -- what the script does ---------------------------------------------------------------------

  async logOn () {
    this.ended = new Launcher(this.description, this).run()
    await this.expect('logged on')
  }

  async logOut () {
    this.engine.done()
    await this.ended
    await this.expect('stopped')
  }

  send (type, message) { this.engine.send(type, message) }

  /** The next message: of this type, with these fields, named by their path ("Instrument.Symbol"). */
  async expect (type, fields = {}) {
    const next = await this.next(`${type} ${JSON.stringify(fields)}`)
    const wrong = Object.entries(fields).filter(([path, value]) => at(next.message, path) !== value)
    if (next.type !== type || wrong.length > 0) {
      throw new Error(`${this.name}: ${type} ${JSON.stringify(fields)} was due, ${next.type} came: ` +
        JSON.stringify(next.message))
    }
    return next.message
  }

  async next (due) {
    const deadline = Date.now() + PATIENCE_MS
    while (this.queue.length === 0) {
      if (Date.now() > deadline) throw new Error(`${this.name}: ${due} was due and nothing came`)
      await new Promise(resolve => {
        this.wake = resolve
        setTimeout(resolve, 250)
      })
    }
    return this.queue.shift()
  }
}

function at (message, path) {
  return path.split('.').reduce((value, name) => value === undefined ? undefined : value[name], message)
}

module.exports = { Participant }
