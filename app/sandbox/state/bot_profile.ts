import type { User } from '#sandbox/state/types'

export interface BotCommand {
  command: string
  description: string
}

/** What the bot has told Telegram about itself. */
export class BotProfile {
  readonly user: User
  /** `scope|language` to commands */
  commands = new Map<string, BotCommand[]>()
  /** `field|language` to text, for name, description and short description */
  texts = new Map<string, string>()
  /** chat id to menu button; 0 is the default one */
  menuButtons = new Map<number, Record<string, unknown>>()

  constructor(token: string, username: string, firstName: string) {
    this.user = { id: Number.parseInt(token, 10), is_bot: true, first_name: firstName, username }
  }

  /** Commands as a customer sees them: the narrowest scope wins, then the language, as Telegram resolves them. */
  commandsFor(chatId: number, language = ''): BotCommand[] {
    const scopes = [`chat:${chatId}`, chatId > 0 ? 'all_private_chats' : 'all_group_chats', 'default']
    for (const scope of scopes) {
      const commands = this.commands.get(`${scope}|${language}`) ?? this.commands.get(`${scope}|`)
      if (commands) return commands
    }
    return []
  }

  text(field: string, language = ''): string {
    return this.texts.get(`${field}|${language}`) ?? this.texts.get(`${field}|`) ?? ''
  }

  clear(): void {
    this.commands.clear()
    this.texts.clear()
    this.menuButtons.clear()
  }
}
