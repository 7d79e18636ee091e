import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RequestDraw } from '#raffles/actions/request_draw'
import { refusal } from '#api/integration/problems'
import { apiText } from '#api/integration/words'

/** Has the round drawn that is open. */
@inject()
export default class DrawsController {
  constructor(private draw: RequestDraw) {}

  async store({ actionKey, program, response }: HttpContext) {
    const requested = await this.draw.run({ key: actionKey, cause: 'api', requestedBy: program })
    if (!requested.ok) throw refusal(requested.refusal)
    const { reference, status, txHash } = requested.value
    const message = apiText('messages.draw_accepted')
    return response.accepted({ success: true, draw_id: reference, status, tx_hash: txHash, message })
  }
}
