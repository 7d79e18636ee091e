import Raffle from '#raffles/models/raffle'

/** Rounds that are over, newest first. */
export class PastWinnersQuery {
  run({ page = 1, perPage = 10 }: { page?: number; perPage?: number } = {}) {
    return Raffle.query().where('status', 'finished').orderBy('id', 'desc').paginate(page, perPage)
  }
}
