import { text } from 'node:stream/consumers'
import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { CreateAdmin } from '#staff/actions/create_admin'
import { asOperator } from '#core/operator'
import { explain } from '#staff/refusals'
import { ROLE_NAMES, ROLES, type Role } from '#staff/roles'

/** A password as an argument would stay in the shell's history and the list of processes: it is never a flag. */
export default class AdminCreate extends BaseCommand {
  static commandName = 'admin:create'
  static description = 'Create an admin of the panel, the first owner for example'
  static help = [
    'Asks for what is missing. Without a terminal, pass --email and --name:',
    '```',
    '{{ binaryName }} admin:create --email=mira@example.org --name="Mira" --role=owner',
    'cat secret.txt | {{ binaryName }} admin:create --email=... --name=... --password-stdin',
    '```',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'E-mail address to log in with' })
  declare email?: string

  @flags.string({ description: 'Name shown in the panel and the audit log' })
  declare name?: string

  @flags.string({ description: `One of ${ROLES.join(', ')} (default: owner)` })
  declare role?: string

  @flags.boolean({ description: 'Read the password from standard input; otherwise it is asked for or generated' })
  declare passwordStdin: boolean

  @inject()
  async run(createAdmin: CreateAdmin) {
    const role = this.role ?? (await this.#askRole())
    if (!isRole(role)) return this.#fail(`There is no role "${role}": use one of ${ROLES.join(', ')}`)
    const email = this.email ?? (await this.#ask('E-mail address'))
    if (!email || !/^[^\s@]+@[^\s@]+$/.test(email)) {
      return this.#fail(email ? `"${email}" is no e-mail address` : 'Pass --email')
    }
    const fullName = this.name ?? (await this.#ask('Name'))
    if (!fullName?.trim()) return this.#fail('Pass --name')

    const password = await this.#password()
    const result = await createAdmin.handle({ email, fullName, role, password }, asOperator())
    if (!result.ok) return this.#fail(explain(result.refusal))

    const { admin, generatedPassword } = result.value
    this.logger.success(`${admin.email} can log in as ${ROLE_NAMES[admin.role]}`)
    if (generatedPassword) this.logger.info(`Password, shown only now: ${generatedPassword}`)
  }

  async #password() {
    if (this.passwordStdin) return text(process.stdin)
    if (!this.#interactive) return undefined
    return (await this.prompt.secure('Password (empty: one is generated)')) || undefined
  }

  async #ask(question: string) {
    return this.#interactive ? this.prompt.ask(question) : undefined
  }

  async #askRole() {
    return this.#interactive ? this.prompt.choice('Role', [...ROLES]) : 'owner'
  }

  get #interactive() {
    return process.stdin.isTTY === true && !this.passwordStdin
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}

const isRole = (role: string): role is Role => ROLES.some((known) => known === role)
