import { BaseCommand, flags } from '@adonisjs/core/ace'
import { readFile, writeFile } from 'node:fs/promises'

/** For who changes a contract: needs the development dependencies. */
export default class ContractsBuild extends BaseCommand {
  static readonly commandName = 'contracts:build'
  static readonly description = 'Compile resources/contracts into the artifacts that are checked in'

  @flags.boolean({ description: 'Write nothing: fail if an artifact is not what its source compiles to' })
  declare check: boolean

  async run() {
    const { compileContracts } = await import('#sandbox/evm/contracts/compile')
    const { artifactFile, CONTRACTS } = await import('#sandbox/evm/contracts/artifact')
    const artifacts = await compileContracts()
    for (const name of CONTRACTS) {
      const text = `${JSON.stringify(artifacts[name], null, 2)}\n`
      const before = await readFile(artifactFile(name), 'utf8').catch(() => '')
      if (before === text) this.logger.info(`${name}: as it was`)
      else if (this.check) this.#stale(name)
      else {
        await writeFile(artifactFile(name), text)
        this.logger.success(`${name}: written`)
      }
    }
  }

  #stale(name: string) {
    this.logger.error(`${name}: its artifact is not what the source compiles to. Run "npm run ace -- contracts:build".`)
    this.exitCode = 1
  }
}
