import type { Api } from 'grammy'
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '#customers/languages'
import Customer from '#customers/models/customer'
import Admin from '#staff/models/admin'
import type { Directory } from '#bot/directory'
import type { CommandEntry } from '#bot/feature'
import type { AdminChats } from '#bot/runner/admin_chats'
import { isGone } from '#bot/telegram/refusals'
import type { Texts } from '#bot/texts/texts'

const scopeOf = (telegramId: number) => ({ type: 'chat', chat_id: telegramId }) as const

/** The list of commands that Telegram shows beside the message field: per language, and longer in admins' chats. */
export class CommandMenus {
  constructor(
    private readonly api: Api,
    private readonly directory: Directory,
    private readonly texts: Texts,
    private readonly chats: AdminChats
  ) {}

  async publish() {
    const scope = { type: 'all_private_chats' } as const
    await this.api.setMyCommands(this.#commands('everyone', DEFAULT_LANGUAGE), { scope })
    for (const language of LANGUAGES) {
      await this.api.setMyCommands(this.#commands('everyone', language), { scope, language_code: language })
    }
    for (const telegramId of await this.#linkedAdmins()) await this.publishForAdmin(telegramId)
  }

  /** After admins were linked, unlinked, disabled or enabled in the panel, by whichever process. */
  async reconcile() {
    const [linked, shown] = [await this.#linkedAdmins(), await this.chats.all()]
    for (const chatId of shown.filter((id) => !linked.includes(id))) await this.#withdraw(chatId)
    for (const telegramId of linked.filter((id) => !shown.includes(id))) await this.publishForAdmin(telegramId)
  }

  /**
   * A chat's own list hides those of the languages, so it speaks the language that its admin has chosen. It is noted
   * before Telegram hears of it: what may be shown can be withdrawn.
   */
  async publishForAdmin(telegramId: number) {
    const customer = await Customer.findBy('telegramId', telegramId)
    const commands = this.#commands('admins', customer?.language ?? DEFAULT_LANGUAGE)
    await this.chats.add(telegramId)
    await ofNobody(this.api.setMyCommands(commands, { scope: scopeOf(telegramId) }))
  }

  async #withdraw(chatId: number) {
    await ofNobody(this.api.deleteMyCommands({ scope: scopeOf(chatId) }))
    await this.chats.remove(chatId)
  }

  #commands(audience: CommandEntry['audience'], language: Language) {
    return this.directory.commandsFor(audience).map(({ name }) => ({
      command: name,
      description: this.texts.plain(language, `bot.commands.${name}`),
    }))
  }

  async #linkedAdmins(): Promise<number[]> {
    const admins = await Admin.query().whereNotNull('telegram_id').whereNull('disabled_at').select('telegram_id')
    return admins.map(({ telegramId }) => telegramId!)
  }
}

/** A chat that is gone shows nothing to anybody. */
async function ofNobody(call: Promise<unknown>) {
  await call.catch((error) => {
    if (!isGone(error)) throw error
  })
}
