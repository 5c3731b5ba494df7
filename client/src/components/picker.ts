/** One of the things that a picker offers. */
export interface PickerItem {
  id: string;
  text: string;
  note?: string;
}
