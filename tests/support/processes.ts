import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '#tests/support/environment'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const SOURCES = new URL('./sources.js', import.meta.url).href
let compiled: string | undefined

const running = new Set<ChildProcess>()
process.on('exit', killRemaining)

export interface ProcessOptions {
  /** Added to this process's environment. */
  env?: Record<string, string | undefined>
}

export interface ScriptOptions extends ProcessOptions {
  /** `pipe`: read it from `child.stdout` and `child.stderr`. */
  output?: 'inherit' | 'pipe'
}

export interface ScriptProcess<T> {
  child: ChildProcess
  /** What the script's default export returned; rejects with its failure, or when it was killed. The script may
   * tell of its progress by `process.send({ ... })`: listen on `child`. */
  result: Promise<T>
}

/**
 * Runs `export default async (...args) => value` of a module in a second real process of the application, which
 * inherits the environment and so the database. Arguments and value are copied by structured clone.
 *
 *     const { result } = startScript<number>(new URL('scripts/read_setting.ts', import.meta.url), ['a.key'])
 */
export function startScript<T = void>(
  script: URL,
  args: unknown[] = [],
  { env, output = 'inherit' }: ScriptOptions = {}
): ScriptProcess<T> {
  const child = tracked(
    fork(new URL('./run_script.js', import.meta.url), {
      cwd: ROOT,
      env: environmentOf(env),
      serialization: 'advanced',
      silent: output === 'pipe',
    })
  )
  child.send([script.href, args])
  const result = answerOf<T>(child)
  result.catch(() => {})
  return { child, result }
}

/** Waits for the script and returns its value. */
export const runScript = <T = void>(script: URL, args: unknown[] = [], options: ScriptOptions = {}) =>
  startScript<T>(script, args, options).result

/** Starts an ace command in a process of its own, as an operator would (`queue:work`). Output is piped. */
export function startAce(args: string[], { env }: ProcessOptions = {}): ChildProcess {
  return tracked(
    spawn(process.execPath, ['ace.js', ...args], {
      cwd: ROOT,
      env: environmentOf(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  )
}

/** Starts the web process from the sources, on the database of this one. Output is piped. */
export function startServer(env: ProcessOptions['env'] = {}): ChildProcess {
  return tracked(
    spawn(process.execPath, ['--import', '@poppinss/ts-exec', 'bin/server.ts'], {
      cwd: ROOT,
      env: environmentOf(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  )
}

/** Runs an ace command to its end. */
export async function runAce(args: string[], options: ProcessOptions = {}) {
  const child = startAce(args, options)
  const output: Buffer[] = []
  child.stdout!.on('data', (chunk) => output.push(chunk))
  child.stderr!.on('data', (chunk) => output.push(chunk))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, output: Buffer.concat(output).toString() }
}

/** Sends a signal and waits for the end of the process; answers its exit code (null when the signal ended it). */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit') as Promise<[number | null]>
  child.kill(signal)
  const [exitCode] = await ended
  return exitCode
}

/** Kills every process started here that still runs, so that a failed test or bench leaves none behind. */
export function killRemaining() {
  for (const child of running) child.kill('SIGKILL')
}

/** Sees to it that the process does not outlive this one. */
export function tracked(child: ChildProcess) {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Variables by which a process takes compiled sources from a folder that all of them share. */
export const sharedSources = () => ({
  NODE_OPTIONS: [process.env.NODE_OPTIONS, `--import=${SOURCES}`].join(' '),
  SOURCES_CACHE: (compiled ??= temporaryFolder('kontora-sources-')),
})

const environmentOf = (env: ProcessOptions['env'] = {}) => ({ ...process.env, ...sharedSources(), ...env })

async function answerOf<T>(child: ChildProcess): Promise<T> {
  let answer: { result?: T; failure?: string } | undefined
  child.on('message', (message: { answer?: typeof answer }) => (answer ??= message.answer))
  const [exitCode, signal] = await once(child, 'exit')
  if (!answer) throw new Error(`The script ended without an answer (exit code ${exitCode}, signal ${signal})`)
  if (answer.failure) throw new Error(answer.failure)
  return answer.result as T
}
