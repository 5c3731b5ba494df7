import { shallowRef } from 'vue';
import type { Fault } from '../graphql/fault';
import { faultText } from '../texts/faultText';

export interface Toast {
  id: number;
  kind: 'done' | 'fault';
  text: string;
}

let lastId = 0;

/** What is being told at the edge of the screen. */
export const toasts = shallowRef<Toast[]>([]);

function add(kind: Toast['kind'], text: string): void {
  toasts.value = [...toasts.value.slice(-2), { id: ++lastId, kind, text }];
}

export const tell = (text: string) => add('done', text);

export const tellProblem = (text: string) => add('fault', text);

/** Tells of a fault that belongs to no field or place of the page. */
export const tellFault = (fault: Fault) => tellProblem(faultText(fault));

export const dismiss = (id: number) => (toasts.value = toasts.value.filter((toast) => toast.id !== id));
