import type { Composer } from 'grammy'
import type { BotContext } from '#bot/context'
import type { Flow } from '#bot/flows/flow'

export interface MenuEntry {
  /** Text key of the button. */
  label: string
  /** Packed callback data. */
  data: string
  /** Lower comes first; domains leave gaps. */
  order: number
  isVisible?(ctx: BotContext): Promise<boolean> | boolean
}

export interface CommandEntry {
  /** Its description is the text `bot.commands.<name>`. */
  name: string
  audience: 'everyone' | 'admins'
}

/** How somebody came in: `https://t.me/<bot>?start=<payload>`. */
export interface Start {
  payload: string
  /** They have never started the bot before. */
  isFirst: boolean
}

export type DeepLink = (ctx: BotContext, start: Start) => Promise<unknown>

/** One thing the bot can do: how it answers, and where it is found. */
export interface Feature {
  composer: Composer<BotContext>
  menu?: MenuEntry[]
  commands?: CommandEntry[]
  flow?: Flow
  /** `/start <name>` and links `https://t.me/<bot>?start=<name>` open it; more may follow behind `_`. */
  deepLinks?: Record<string, DeepLink>
}
