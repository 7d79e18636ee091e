import { readFileSync } from 'node:fs'

/** What `contracts:build` keeps of a compiled contract, in `resources/contracts/artifacts`. */
export interface Artifact {
  contractName: string
  compiler: string
  abi: AbiItem[]
  /** `0x` and the code that deploys it, without the constructor's arguments. */
  bytecode: string
}

export interface AbiItem {
  type: string
  name?: string
  [key: string]: unknown
}

export const CONTRACTS = ['Raffle', 'Usdt', 'VrfCoordinatorMock'] as const
export type ContractName = (typeof CONTRACTS)[number]

export const CONTRACTS_FOLDER = new URL('../../../../resources/contracts/', import.meta.url)

export function artifactFile(name: ContractName): URL {
  return new URL(`artifacts/${name}.json`, CONTRACTS_FOLDER)
}

export function readArtifact(name: ContractName): Artifact {
  return JSON.parse(readFileSync(artifactFile(name), 'utf8'))
}
