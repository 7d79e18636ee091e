import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/contracts/audit'
import { Money } from '#core/money/money'
import { CreateMission, type CreateMissionInput } from '#markets/actions/create_mission'
import { UpdateMission, type UpdateMissionInput } from '#markets/actions/update_mission'
import type { ConditionName } from '#markets/missions/conditions'
import Mission from '#markets/models/mission'
import { accepted } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'

const ADMIN: Actor = { type: 'admin', id: 1, name: 'Olena' }
const pred = (whole: number) => Money.of(BigInt(whole) * 100n, 'PRED')

const FIELDS: Omit<CreateMissionInput, 'actor'> = {
  code: 'TECH_FAN',
  condition: 'bets_in_category',
  parameters: { category: 'tech' },
  target: 3,
  reward: pred(700),
  emoji: '💻',
  titles: { en: 'Tech fan' },
  descriptions: { en: 'Bet on three markets about tech' },
  isActive: true,
}

test.group('Editing missions', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const create = async (input: Partial<CreateMissionInput> = {}) => {
    const action = await world.make(CreateMission)
    return action.handle({ ...FIELDS, actor: ADMIN, ...input })
  }
  const update = async (mission: Mission, input: Partial<UpdateMissionInput> = {}) => {
    const { code, condition, ...fields } = FIELDS
    const action = await world.make(UpdateMission)
    return action.handle({ ...fields, missionId: mission.id, revision: mission.revision, actor: ADMIN, ...input })
  }

  test('a new mission comes last, counts from then on and is in the audit log', async ({ assert }) => {
    const mission = accepted(await create())
    assert.containSubset(mission, { position: 20, revision: 1, reward: 70_000n, target: 3 })
    const { id } = await world.customer()
    const market = await world.market('tech')
    for (let count = 0; count < 3; count++) await world.bet(market, id)
    assert.include(await world.completed(id), 'TECH_FAN')
    const [entry] = await db.from('audit_entries').where('subject_type', 'mission')
    assert.equal(entry.action, 'mission.created')
  })

  test('{code} is what a mission without sense is refused with')
    .with<Array<{ code: string; input: Partial<CreateMissionInput> }>>([
      { code: 'mission_code_invalid', input: { code: 'tech fan' } },
      { code: 'mission_code_taken', input: { code: 'FIRST_BET' } },
      { code: 'mission_condition_unknown', input: { condition: 'toString' as ConditionName } },
      { code: 'mission_target_out_of_range', input: { target: 0 } },
      { code: 'mission_target_out_of_range', input: { target: 1.5 } },
      { code: 'mission_target_out_of_range', input: { condition: 'rank', parameters: { rank: 'gold' }, target: 2 } },
      { code: 'mission_reward_out_of_range', input: { reward: pred(0) } },
      { code: 'mission_reward_out_of_range', input: { reward: Money.of(100n, 'TON') } },
      { code: 'mission_emoji_required', input: { emoji: ' ' } },
      { code: 'mission_title_required', input: { titles: { uk: 'Технології' } } },
      { code: 'mission_title_too_long', input: { titles: { en: 'x'.repeat(61) } } },
      { code: 'mission_description_required', input: { descriptions: {} } },
      { code: 'mission_description_too_long', input: { descriptions: { en: 'x'.repeat(301) } } },
      { code: 'mission_parameter_invalid', input: { parameters: { category: 'gardening' } } },
      { code: 'mission_parameter_invalid', input: { parameters: {} } },
      { code: 'mission_parameter_unknown', input: { parameters: { category: 'tech', min: 5 } } },
      { code: 'mission_parameter_invalid', input: { condition: 'single_stake', parameters: { min: 0.5 } } },
      { code: 'mission_parameter_invalid', input: { condition: 'rank', parameters: { rank: 'tin' }, target: 1 } },
      { code: 'mission_parameter_invalid', input: { condition: 'active_days', parameters: { in_a_row: 'yes' } } },
    ])
    .run(async ({ assert }, { code, input }) => {
      assert.containSubset(await create(input), { ok: false, refusal: { code } })
      assert.lengthOf(await Mission.all(), 19)
    })

  test('a change raises the revision, and an editor that shows an older one saves nothing', async ({ assert }) => {
    const mission = accepted(await create())
    const changed = accepted(await update(mission, { target: 5, reward: pred(900), isActive: false }))
    assert.containSubset(changed, {
      target: 5,
      reward: 90_000n,
      isActive: false,
      revision: 2,
      condition: 'bets_in_category',
    })
    assert.containSubset(await update(mission), { refusal: { code: 'stale' } })
    assert.containSubset(await update(mission, { missionId: 999 }), { refusal: { code: 'mission_not_found' } })
    assert.containSubset(await update(changed, { target: -1 }), { refusal: { code: 'mission_target_out_of_range' } })
    const [, entry] = await db.from('audit_entries').where('subject_type', 'mission').orderBy('id')
    const [before, after] = [entry.before, entry.after].map((each) =>
      typeof each === 'string' ? JSON.parse(each) : each
    )
    assert.deepEqual([before.target, after.target, before.reward, after.reward], [3, 5, '700.00', '900.00'])
  })
})
