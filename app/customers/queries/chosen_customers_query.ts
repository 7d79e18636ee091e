import Customer from '#customers/models/customer'

/** Customers chosen for a bulk action, in the order in which the lists name them. */
export class ChosenCustomersQuery {
  run(ids: number[]): Promise<Customer[]> {
    return Customer.query().whereIn('id', ids).orderBy('search_name').orderBy('id')
  }
}
