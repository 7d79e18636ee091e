import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tracked } from '#tests/support/processes'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PROGRAMS = { web: startArguments(), ace: ['build/ace.js'] }

/** Compiles the product: what is measured or killed is what operators run. */
export const build = () => runToEnd(['ace.js', 'build'], { NODE_ENV: 'development' })

/** Runs a command of the build to its end. */
export const runBuilt = (args: string[], env: Record<string, string>) =>
  runToEnd([...PROGRAMS.ace, ...args], { NODE_ENV: 'production', ...env })

/** Starts the web process or a command of the build, in production. Output is piped: read it. */
export function startBuilt(program: keyof typeof PROGRAMS, args: string[], env: Record<string, string>): ChildProcess {
  return tracked(
    spawn(process.execPath, [...PROGRAMS[program], ...args], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  )
}

/** What `npm start` runs, without npm's own process. */
function startArguments() {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', `file://${ROOT}`), 'utf8'))
  return scripts.start.split(' ').slice(1) as string[]
}

function runToEnd(args: string[], env: Record<string, string>) {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`)
}
