import type { Api } from 'grammy'
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '#customers/languages'
import Customer from '#customers/models/customer'
import Admin from '#staff/models/admin'
import type { Directory } from '#bot/directory'
import type { CommandEntry } from '#bot/feature'
import type { Texts } from '#bot/texts/texts'

/** The list of commands that Telegram shows beside the message field: per language, and longer in admins' chats. */
export class CommandMenus {
  constructor(
    private readonly api: Api,
    private readonly directory: Directory,
    private readonly texts: Texts
  ) {}

  async publish() {
    const scope = { type: 'all_private_chats' } as const
    await this.api.setMyCommands(this.#commands('everyone', DEFAULT_LANGUAGE), { scope })
    for (const language of LANGUAGES) {
      await this.api.setMyCommands(this.#commands('everyone', language), { scope, language_code: language })
    }
    for (const { telegramId } of await this.#linkedAdmins()) await this.publishForAdmin(telegramId!)
  }

  /** A chat's own list hides those of the languages, so it speaks the language that its admin has chosen. */
  async publishForAdmin(telegramId: number) {
    const customer = await Customer.findBy('telegramId', telegramId)
    const commands = this.#commands('admins', customer?.language ?? DEFAULT_LANGUAGE)
    await this.api.setMyCommands(commands, { scope: { type: 'chat', chat_id: telegramId } })
  }

  #commands(audience: CommandEntry['audience'], language: Language) {
    return this.directory.commandsFor(audience).map(({ name }) => ({
      command: name,
      description: this.texts.plain(language, `bot.commands.${name}`),
    }))
  }

  #linkedAdmins() {
    return Admin.query().whereNotNull('telegram_id').whereNull('disabled_at').select('telegram_id')
  }
}
