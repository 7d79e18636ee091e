/** A page shows `O'Keefe` escaped: a test that looks for the name would fail once in a while. Escaping has tests of its own. */
export const plain = (name: string) => name.replaceAll("'", '’')
