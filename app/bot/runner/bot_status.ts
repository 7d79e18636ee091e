/** How the bot of this process is doing, for the health page and `/debug`. */
export class BotStatus {
  state: 'off' | 'starting' | 'polling' | 'webhook' | 'stopped' = 'off'
  username: string | null = null
  startedAt: number | null = null
}
