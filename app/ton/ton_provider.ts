import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { TonApi } from '#ton/ton_api'

const TONCENTER = 'https://toncenter.com/api/v2/jsonRPC'

export default class TonProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(
      TonApi,
      () => new TonApi({ url: env.get('TON_API_URL') ?? TONCENTER, apiKey: env.get('TON_API_KEY')?.release() })
    )
  }
}
