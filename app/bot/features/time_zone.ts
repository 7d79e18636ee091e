import { Composer, InlineKeyboard } from 'grammy'
import { defaultTimeZone } from '#broadcasts/settings'
import { ChangeTimeZone } from '#customers/actions/change_time_zone'
import { findTimeZone } from '#customers/find_time_zone'
import { isTimeZone } from '#customers/time_zones'
import { defineCallback } from '#bot/callback_data/define_callback'
import { choice } from '#bot/callback_data/fields'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flow } from '#bot/flows/flow'
import { navigation } from '#bot/screens/screen'
import { settingsData } from '#bot/screens/screen_data'

/** One well-known place for each offset that people live at, from west to east. */
export const ZONES = [
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Kyiv',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Tashkent',
  'Asia/Almaty',
  'Asia/Yekaterinburg',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Novosibirsk',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Asia/Vladivostok',
  'Australia/Sydney',
  'Pacific/Auckland',
] as const

const DEFAULT = 'default'
export const timeZonesData = defineCallback('time_zones')
const setTimeZoneData = defineCallback('set_time_zone', { zone: choice([DEFAULT, ...ZONES]) })

const otherZoneData = defineCallback('other_time_zone')
const FLOW = 'time_zone'

export function timeZoneFeature({ flows }: Directory): Feature {
  const composer = new Composer<BotContext>()
  composer.use(
    onCallback(timeZonesData, async (ctx) => {
      flows.drop(ctx, FLOW)
      await showZones(ctx)
    })
  )
  composer.use(
    onCallback(otherZoneData, async (ctx) => {
      flows.enter(ctx, FLOW, 'place')
      await askForPlace(ctx)
    })
  )
  composer.use(
    onCallback(setTimeZoneData, async (ctx, { zone }) => {
      flows.drop(ctx, FLOW)
      await choose(ctx, zone === DEFAULT ? null : zone)
    })
  )
  const flow: Flow = {
    name: FLOW,
    title: 'bot_settings.time_zone_button',
    isAvailable: () => true,
    isWorthResuming: () => false,
    show: (ctx) => askForPlace(ctx),
    async receive(ctx) {
      const zone = findTimeZone(ctx.message!.text ?? '', ctx.deps.clock.now())
      if (!zone) return askForPlace(ctx, 'bot_settings.time_zone_unknown')
      flows.drop(ctx, FLOW)
      await choose(ctx, zone)
    },
  }
  return { composer, flow }
}

async function choose(ctx: BotContext, zone: string | null) {
  const change = await ctx.make(ChangeTimeZone)
  const result = await change.handle(ctx.customer.id, zone)
  if (result.ok) ctx.customer = result.value
  await showZones(ctx)
}

async function askForPlace(ctx: BotContext, key = 'bot_settings.time_zone_ask') {
  await ctx.show({ text: ctx.t(key), keyboard: navigation(ctx, timeZonesData.pack({})) })
}

/** The customer's zone with the time it is there: what people recognise is the time. */
export async function timeZoneOf(ctx: BotContext) {
  const zone = await zoneOf(ctx)
  return `${placeOf(ctx, zone)}, ${timeIn(ctx, zone)}`
}

/** IANA name of the customer's zone or, when none is chosen, of the operator's. */
export async function zoneOf(ctx: BotContext): Promise<string> {
  const zone = ctx.customer.timeZone ?? (await ctx.deps.settings.get(defaultTimeZone))
  return isTimeZone(zone) ? zone : 'UTC'
}

async function showZones(ctx: BotContext) {
  const { timeZone: chosen } = ctx.customer
  const mark = (isChosen: boolean) => (isChosen ? '✅ ' : '')
  const buttons = ZONES.map((zone) =>
    InlineKeyboard.text(
      `${mark(zone === chosen)}${placeOf(ctx, zone)} ${timeIn(ctx, zone)}`,
      setTimeZoneData.pack({ zone })
    )
  )
  const rows = Array.from({ length: buttons.length / 2 }, (_, row) => buttons.slice(row * 2, row * 2 + 2))
  const automatic = InlineKeyboard.text(
    mark(chosen === null) + ctx.label('bot_settings.time_zone_default'),
    setTimeZoneData.pack({ zone: DEFAULT })
  )
  const keyboard = InlineKeyboard.from([
    ...rows,
    [InlineKeyboard.text(ctx.label('bot_settings.time_zone_other'), otherZoneData.pack({}))],
    [automatic],
    ...navigation(ctx, settingsData.pack({})).inline_keyboard,
  ])
  await ctx.show({ text: ctx.t('bot_settings.time_zone', { zone: await timeZoneOf(ctx) }), keyboard })
}

function placeOf(ctx: BotContext, zone: string) {
  const city = zone.split('/').at(-1)!
  if ((ZONES as readonly string[]).includes(zone)) return ctx.label(`bot_settings.places.${city.toLowerCase()}`)
  const [, sign, hours] = /^Etc\/GMT([+-])(\d+)$/.exec(zone) ?? []
  return sign ? `UTC${sign === '-' ? '+' : '−'}${hours}` : city.replaceAll('_', ' ')
}

function timeIn(ctx: BotContext, timeZone: string) {
  const format = new Intl.DateTimeFormat(ctx.locale, { timeZone, hour: '2-digit', minute: '2-digit', hour12: false })
  return format.format(ctx.deps.clock.now())
}
