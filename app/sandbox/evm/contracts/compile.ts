import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { CONTRACTS, CONTRACTS_FOLDER, type Artifact, type ContractName } from '#sandbox/evm/contracts/artifact'

/** Without the hash of the sources: a comment that changes leaves the code as it is, and so does the machine. */
const SETTINGS = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'cancun',
  metadata: { appendCBOR: false, bytecodeHash: 'none' },
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
}

interface CompilerOutput {
  errors?: { severity: string; formattedMessage: string }[]
  contracts: Record<string, Record<string, { abi: Artifact['abi']; evm: { bytecode: { object: string } } }>>
}

/**
 * Compiles what lies in `resources/contracts`, with `solc` of npm: takes about two seconds. Names of packages are
 * looked up as Node does.
 *
 * @throws with the compiler's own words, for warnings too.
 */
export async function compileContracts(): Promise<Record<ContractName, Artifact>> {
  const { default: solc } = await import('solc')
  const input = { language: 'Solidity', sources: sources(), settings: SETTINGS }
  const output: CompilerOutput = JSON.parse(solc.compile(JSON.stringify(input), { import: findImport }))
  if (output.errors?.length) throw new Error(output.errors.map((error) => error.formattedMessage).join('\n'))
  const compiler = solc.version().split('+')[0]!
  const artifact = (name: ContractName): Artifact => {
    const { abi, evm } = output.contracts[`${name}.sol`]![name]!
    return { contractName: name, compiler, abi, bytecode: `0x${evm.bytecode.object}` }
  }
  return {
    Raffle: artifact('Raffle'),
    Usdt: artifact('Usdt'),
    VrfCoordinatorMock: artifact('VrfCoordinatorMock'),
  }
}

function sources() {
  return Object.fromEntries(CONTRACTS.map((name) => [`${name}.sol`, { content: ownSource(`${name}.sol`) }]))
}

function ownSource(path: string): string {
  return readFileSync(new URL(path, CONTRACTS_FOLDER), 'utf8')
}

function findImport(path: string): { contents: string } | { error: string } {
  try {
    if (!path.startsWith('@')) return { contents: ownSource(path) }
    return { contents: readFileSync(createRequire(import.meta.url).resolve(path), 'utf8') }
  } catch (error) {
    return { error: (error as Error).message }
  }
}
