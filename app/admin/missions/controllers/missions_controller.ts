import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { CreateMission } from '#markets/actions/create_mission'
import { UpdateMission } from '#markets/actions/update_mission'
import { CONDITION_NAMES } from '#markets/missions/conditions'
import Mission from '#markets/models/mission'
import { MissionTotalsQuery } from '#markets/queries/mission_totals_query'
import { flashMissionRefusal } from '#admin/missions/form/flash_mission'
import { readMission } from '#admin/missions/form/mission_form'
import { missionRow, missionsList } from '#admin/missions/lists/missions_list'
import { PROGRESS_STATES, progressList } from '#admin/missions/lists/progress_list'
import { conditionName, conditionTexts } from '#admin/missions/page/condition_words'
import { missionEditor } from '#admin/missions/page/mission_editor'
import { missionUpdateValidator, missionValidator } from '#admin/missions/validators/mission_validators'
import { renderList } from '#admin/shared/render_list'
import { panelText } from '#admin/shared/words'

const PATH = '/admin/missions'

@inject()
export default class MissionsController {
  constructor(
    private clock: Clock,
    private totals: MissionTotalsQuery,
    private createMission: CreateMission,
    private updateMission: UpdateMission
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const list = missionsList(await conditionTexts())
    return renderList(ctx, list, 'admin/missions/index', this.clock.now(), {
      totals: await this.totals.run(),
      conditions: CONDITION_NAMES.map((value) => ({ value, text: conditionName(value) })),
    })
  }

  async create({ bouncer, request, view }: HttpContext) {
    await bouncer.authorize('permission', 'missions.edit')
    const condition = CONDITION_NAMES.find((name) => name === request.qs().condition)
    if (!condition) return view.render('admin/missions/choose', { conditions: CONDITION_NAMES })
    return view.render('admin/missions/create', await missionEditor(condition, null))
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'missions.edit')
    const { missionCode, condition, ...posted } = await ctx.request.validateUsing(missionValidator)
    const read = readMission(condition, posted)
    const input = { code: missionCode.toUpperCase(), condition, actor: ctx.actor }
    const result = read.ok ? await this.createMission.handle({ ...read.value, ...input }) : read
    if (!result.ok) {
      flashMissionRefusal(ctx, result.refusal)
      return ctx.response.redirect().toPath(`${PATH}/create?condition=${condition}`)
    }
    ctx.session.flash('success', panelText('missions.created'))
    return ctx.response.redirect().toPath(`${PATH}/${result.value.id}`)
  }

  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const mission = await Mission.findOrFail(ctx.params.id)
    const list = progressList(mission, ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/missions/show', this.clock.now(), {
      ...{ mission, states: PROGRESS_STATES, row: await missionRow(mission.id, await conditionTexts()) },
    })
  }

  async edit({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'missions.edit')
    const mission = await Mission.findOrFail(params.id)
    return view.render('admin/missions/edit', await missionEditor(mission.condition, mission))
  }

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'missions.edit')
    const { id, condition } = await Mission.findOrFail(ctx.params.id)
    const { revision, ...posted } = await ctx.request.validateUsing(missionUpdateValidator)
    const read = readMission(condition, posted)
    const input = { missionId: id, revision, actor: ctx.actor }
    const result = read.ok ? await this.updateMission.handle({ ...read.value, ...input }) : read
    if (!result.ok) {
      flashMissionRefusal(ctx, result.refusal)
      return ctx.response.redirect().toPath(`${PATH}/${id}/edit`)
    }
    ctx.session.flash('success', panelText('missions.saved'))
    return ctx.response.redirect().toPath(`${PATH}/${id}`)
  }
}
