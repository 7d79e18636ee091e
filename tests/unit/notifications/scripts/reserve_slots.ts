import app from '@adonisjs/core/services/app'
import { SlotStore } from '#notifications/pace/slots'

const SPACING_US = 1_000_000 / 29

/** Reserves slots from several loops at once, some by twos as the sender does; answers all their moments. */
export default async function reserveSlots(count: number): Promise<number[]> {
  const slots = await app.container.make(SlotStore)
  const moments: number[] = []
  const loop = async (step: number) => {
    for (let i = 0; i < count; i += step) {
      const { firstUs } = await slots.reserve({ lane: 'free', count: step, spacingUs: SPACING_US })
      for (let nth = 0; nth < step; nth++) moments.push(firstUs + nth * SPACING_US)
    }
  }
  await Promise.all([loop(1), loop(2), loop(1)])
  return moments
}
