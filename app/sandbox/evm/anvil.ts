import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { endWithUs } from '#sandbox/evm/end_with_us'
import { Rpc } from '#sandbox/evm/rpc'

/** Node's names for machines, as Foundry's packages spell them. */
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'win32' }
const ARCHITECTURES: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

export interface AnvilOptions {
  chainId: number
  /** Out of reach of Ctrl-C in a terminal, for who ends it in order. */
  detached?: boolean
  /** Further arguments of anvil. */
  args?: readonly string[]
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** What to tell whoever has none. */
export const NO_ANVIL = `There is no anvil for ${platform()}-${arch()}: run "npm install --no-save @foundry-rs/anvil", or install Foundry (https://getfoundry.sh).`

const PROGRAM = platform() === 'win32' ? 'anvil.exe' : 'anvil'

/**
 * The program of npm's package for this machine, or else the one that Foundry has installed; null where there is none.
 * Never npm's wrapper, which would start it as a child that outlives it.
 */
export function anvilBinary(): string | null {
  return packagedAnvil() ?? installedAnvil(process.env.PATH ?? '')
}

function packagedAnvil(): string | null {
  const name = `@foundry-rs/anvil-${PLATFORMS[platform()] ?? platform()}-${ARCHITECTURES[arch()] ?? arch()}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return join(folder, 'bin', PROGRAM)
  } catch {
    return null
  }
}

/** `path` as in the environment. */
export function installedAnvil(path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => folder && !folder.includes('node_modules'))
  return folders.map((folder) => join(folder, PROGRAM)).find((file) => existsSync(file)) ?? null
}

/** Foundry's Ethereum node on a free port of this machine, as a child process that ends with this one. */
export class Anvil {
  readonly rpc: Rpc

  /** @throws when it is not installed, or ends before it listens. */
  static async start({ chainId, detached = false, args = [] }: AnvilOptions): Promise<Anvil> {
    const binary = anvilBinary()
    if (!binary) throw new Error(NO_ANVIL)
    const child = spawn(binary, ['--port', '0', '--chain-id', String(chainId), '--color', 'never', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached,
    })
    running.add(child)
    endWithUs(child)
    child.on('exit', () => running.delete(child))
    return new Anvil(child, await listening(child))
  }

  private constructor(
    readonly child: ChildProcess,
    readonly url: string
  ) {
    this.rpc = new Rpc(url)
  }

  /** Ends as it likes to, writing its state if it was started so. */
  async stop(): Promise<void> {
    await this.#end('SIGINT')
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    this.child.kill(signal)
    await once(this.child, 'exit')
  }
}

/** Reads what it prints until it says where it listens; goes on reading afterwards, lest the pipe fill up. */
async function listening(child: ChildProcess): Promise<string> {
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const lines = createInterface({ input: child.stdout! })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const address = /^Listening on (\S+)/.exec(line)?.[1]
      if (address) resolve(`http://${address}`)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`anvil ended with code ${code} before it listened: ${said.trim()}`)))
  })
}
