import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const TIE = new URL('demo_tie.js', import.meta.url).href
const TAIL_LINES = 60
const PATIENCE_MS = 30_000

/**
 * The processes of the demo. Each is a group of its own, so that Ctrl-C reaches this process alone, which then ends
 * the others in order; the end of one ends all.
 */
export class Children {
  #running = new Map()
  #logs
  #onCrash
  #isStopping = false

  constructor(logs, onCrash) {
    this.#logs = logs
    this.#onCrash = onCrash
  }

  /** Starts a process that stays, with its output in a log file. */
  start(name, args, env) {
    const child = this.#spawn(name, args, env)
    child.once('exit', () => {
      if (!this.#isStopping) this.#onCrash(name, this.#tail(name))
    })
  }

  /** Runs a process to its end and answers what it sent. */
  async ask(args, env) {
    const name = 'preparation'
    const child = this.#spawn(name, args, env)
    let answer
    child.once('message', (message) => (answer = message))
    const [exitCode] = await once(child, 'exit')
    if (exitCode !== 0 || !answer) throw new Error(`The ${name} failed:\n${this.#tail(name)}`)
    return answer
  }

  /** The product first, while what it speaks to still answers. */
  async stop() {
    this.#isStopping = true
    for (const name of ['preparation', 'product', 'sandbox']) await this.#end(this.#running.get(name))
  }

  #spawn(name, args, env) {
    const log = openSync(join(this.#logs, `${name}.log`), 'w')
    const [nodeArgs, script, rest] = split(args)
    const child = fork(join(root, script), rest, {
      cwd: root,
      env,
      execArgv: [`--import=${TIE}`, ...nodeArgs],
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    })
    closeSync(log)
    this.#running.set(name, child)
    return child
  }

  async #end(child) {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    await ended
    clearTimeout(timer)
  }

  #tail(name) {
    return readFileSync(join(this.#logs, `${name}.log`), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-TAIL_LINES)
      .join('\n')
  }
}

function split(args) {
  const at = args.findIndex((argument) => /\.[jt]s$/.test(argument))
  return [args.slice(0, at), args[at], args.slice(at + 1)]
}
