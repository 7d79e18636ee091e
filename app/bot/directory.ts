import type { BotContext } from '#bot/context'
import type { CommandEntry, DeepLink, Feature, MenuEntry } from '#bot/feature'
import { Flows } from '#bot/flows/flow'

/** What the features of the bot together offer: the menu, the commands, the flows and the deep links. */
export class Directory {
  readonly flows = new Flows()
  readonly #menu: MenuEntry[] = []
  readonly #commands: CommandEntry[] = []
  readonly #deepLinks = new Map<string, DeepLink>()

  add({ menu = [], commands = [], flow, deepLinks = {} }: Feature) {
    this.#menu.push(...menu)
    this.#commands.push(...commands)
    if (flow) this.flows.add(flow)
    for (const [name, open] of Object.entries(deepLinks)) this.#deepLinks.set(name, open)
  }

  async menuFor(ctx: BotContext): Promise<MenuEntry[]> {
    const visible = await Promise.all(this.#menu.map((entry) => entry.isVisible?.(ctx) ?? true))
    return this.#menu.filter((_, index) => visible[index]).sort((one, other) => one.order - other.order)
  }

  commandsFor(audience: CommandEntry['audience']): CommandEntry[] {
    return this.#commands.filter((command) => audience === 'admins' || command.audience === 'everyone')
  }

  deepLink(name: string) {
    return this.#deepLinks.get(name)
  }
}
