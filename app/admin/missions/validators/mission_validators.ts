import vine from '@vinejs/vine'
import { CONDITION_NAMES } from '#markets/missions/conditions'

const text = (max: number) => vine.string().trim().maxLength(max).optional()

/** What a mission may hold is for its action to judge: here only what a form may post at all. */
const fields = {
  emoji: text(100),
  target: text(40),
  reward: text(40),
  isActive: vine.accepted().optional(),
  title_en: text(1000),
  title_ru: text(1000),
  title_uk: text(1000),
  description_en: text(5000),
  description_ru: text(5000),
  description_uk: text(5000),
  parameter_category: text(100),
  parameter_min: text(40),
  parameter_rank: text(40),
  parameter_in_a_row: text(10),
}

export const missionValidator = vine.create({
  ...fields,
  missionCode: vine.string().trim().maxLength(100),
  condition: vine.enum(CONDITION_NAMES),
})

export const missionUpdateValidator = vine.create({ ...fields, revision: vine.number() })

export const moveValidator = vine.create({ direction: vine.enum(['up', 'down'] as const) })
