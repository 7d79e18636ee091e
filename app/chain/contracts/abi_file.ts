import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { ChainMisconfigured, type ChainConfig } from '#chain/chain_config'

const REFERENCE = 'resources/contracts/artifacts/Raffle.json'

/** The raffle's ABI: a JSON file that holds it as the whole or as `abi`. @throws with the file's name. */
export async function readRaffleAbi({ raffleAbi }: Pick<ChainConfig, 'raffleAbi'>): Promise<unknown[]> {
  const file = app.makePath(raffleAbi ?? REFERENCE)
  const content = await readFile(file, 'utf8').then(JSON.parse, () => null)
  const abi = Array.isArray(content) ? content : content?.abi
  if (!Array.isArray(abi)) throw new ChainMisconfigured(`CHAIN_RAFFLE_ABI: ${file} is no JSON file with an ABI`)
  return abi
}
