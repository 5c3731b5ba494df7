import { type ClientOptions, WebSocket } from 'ws';

type Frame = Record<string, any>;

/** A client of /ws, or of another protocol that speaks JSON, that collects frames and waits for them. */
export class Client {
  frames: Frame[] = [];
  closed: { code: number; reason: string } | undefined;
  readonly socket: WebSocket;
  private wakeUp = () => {};

  constructor(url: string, options: ClientOptions = {}, protocol?: string) {
    this.socket = new WebSocket(url, protocol, options);
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.wakeUp();
    });
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.wakeUp();
    });
    this.socket.on('open', () => this.wakeUp());
    this.socket.on('error', () => this.wakeUp());
  }

  /** Waits until it is so; looks again whenever something has arrived. */
  async until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((resolve) => (this.wakeUp = resolve));
  }

  /** Waits until the connection stands or was refused. */
  opened = (): Promise<void> => this.until(() => this.socket.readyState !== WebSocket.CONNECTING);

  send = (frame: object): void => this.socket.send(JSON.stringify(frame));
}
