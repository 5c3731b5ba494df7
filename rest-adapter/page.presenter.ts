interface Page<Item> {
  data: Item[];
  pagination: { page: number; limit: number; total: number; totalPages: number };
}

/** The documented body of a list in pages. */
export const presentPage = <Item>({ data, pagination }: Page<Item>, present: (item: Item) => unknown) => ({
  data: data.map(present),
  pagination: {
    page: pagination.page,
    limit: pagination.limit,
    total: pagination.total,
    totalPages: pagination.totalPages,
  },
});
