import { createHmac } from 'node:crypto'

export interface BotConfigInput {
  token: string
  apiRoot: string
  /** Where Telegram can reach us from outside; without it updates are polled. */
  publicUrl?: string
  webhookSecret?: string
  /** The secret of the webhook is derived from it when none is configured, so that all processes agree. */
  appKey: string
}

/** The bot as the environment describes it. Not bound when there is no token: the bot is off. */
export class BotConfig {
  readonly token: string
  readonly apiRoot: string
  readonly webhookUrl: string | null
  readonly webhookSecret: string

  constructor({ token, apiRoot, publicUrl, webhookSecret, appKey }: BotConfigInput) {
    this.token = token
    this.apiRoot = apiRoot
    this.webhookUrl = publicUrl ? new URL('telegram/webhook', `${publicUrl.replace(/\/+$/, '')}/`).href : null
    this.webhookSecret = webhookSecret ?? createHmac('sha256', appKey).update('telegram webhook').digest('base64url')
  }

  /** The bot's own Telegram id is the part of the token that is no secret. */
  get botId() {
    return Number(this.token.split(':', 1)[0])
  }
}
