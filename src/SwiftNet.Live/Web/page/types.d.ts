// Types of the service's JSON and of values shared by the scripts. For tsc only; not served.

interface CameraStatus {
  name: string;
  state: string;
  source: string;
  connection: ConnectionStatus;
  frame: number;
  frame_size: string;
  network_size: string;
  device: string;
  frames_per_second: number;
  age_ms: Latency;
  output_ms: Latency;
  mask_behind_ms: number;
  parts_ms: { name: string; median: number; p95: number }[];
  ledger: Count[];
  shown: Count[];
  windows: WindowStatus[];
  objects: ObjectFigures[];
  zones: ZoneStatus[];
  clips: { written: number; kept: number; bytes: number };
  memory: MemoryStatus;
  budget: BudgetStatus;
  sinks: SinkStatus[];
}

interface ConnectionStatus {
  state: string;
  reconnects: number;
  fault: string | null;
  error: string | null;
  retry_at: string | null;
}

/** A part of the picture that the network processes, in pixels of the frame. */
interface WindowStatus {
  x: number;
  y: number;
  width: number;
  height: number;
  network_size: string;
  detail: string;
}

/** A zone or a line; its points are in shares of the frame. */
interface ZoneStatus {
  name: string;
  kind: 'zone' | 'line';
  points: [x: number, y: number][];
  drawn: boolean;
  counts: Record<string, number>;
  inside: number[];
}

/** An event clip. */
interface Clip {
  id: string;
  starts: string;
  seconds: number;
  width: number;
  height: number;
  /** The first began the clip. */
  events: ClipEvent[];
  files: string[];
}

interface ClipEvent {
  event: string;
  zone?: string;
  line?: string;
  direction?: string;
  object: number;
  name?: string;
  frame: number;
  time: string;
}

interface ClipPage {
  clips: Clip[];
  total: number;
  next?: string;
}

interface Latency {
  median: number;
  p95: number;
  p99: number;
}

interface Count {
  name: string;
  count: number;
}

interface MemoryStatus {
  pixels: number;
  capacity: number;
  writes: number;
  last_frame: number;
  last_reason: string | null;
}

interface BudgetStatus {
  kept: boolean;
  frame_ms: number;
  limit_ms: number;
  level: number;
  lowest_level: number;
  scale: number;
  capacity_frames: number;
  downs: number;
  ups: number;
  too_slow: string | null;
  last_decision: string | null;
  writes_triggered: number;
  writes_deferred: number;
  writes_forced: number;
}

interface SinkStatus {
  name: string;
  taken: number;
  failed: number;
  dropped: number;
  failing: boolean;
  last_error: string | null;
}

/** An object in the status. */
interface ObjectFigures {
  id: number;
  area: number;
  confidence: number;
  colour: string;
  detail?: string | null;
}

/** A tracked object. */
interface TrackedObject extends ObjectFigures {
  name: string;
  state: string;
  since?: string;
  refused?: string | null;
}

/** A mask as COCO compressed RLE. */
interface Rle {
  size: [height: number, width: number];
  counts: string;
}

interface Point {
  x: number;
  y: number;
}

type Box = [x: number, y: number, width: number, height: number];

/** What has been drawn on one frame; immutable. */
interface Prompt {
  points: readonly (Point & { inside: boolean })[];
  box: Box | null;
  base: import('./model/mask.js').Mask | null;
}

interface PromptRequest {
  frame: number;
  prompt: object;
  name?: string;
  colour?: string;
}

/** The service's answer to a prompt. */
interface ProposalAnswer {
  frame: number;
  mask_rle: Rle;
  area: number;
  box: Box | null;
  took_ms: number;
}

type Proposal = ProposalAnswer & { mask: import('./model/mask.js').Mask };

/** The held frame. */
interface HeldFrame {
  id: number;
  /** The frame that was on screen; null if the held frame was never shown. */
  shown: number | null;
  width: number;
  height: number;
  /** The picture without overlay, once loaded. */
  clean: ImageBitmap | null;
}

/** The page's actions, by name. */
type Actions = ReturnType<typeof import('./app.js').createActions>;

interface Shortcut {
  keys: string[];
  /** Labels of the keys; none for a shortcut that another one's help covers. */
  shown?: string[];
  text?: string;
  run: () => unknown;
}

/** The parts of uPlot that the page uses; a global of its script. */
declare class uPlot {
  constructor(options: object, data: (number | null)[][], target: Element);
  static paths: { stepped(options: { align: number }): unknown };
  scales: { y: { max: number } };
  setData(data: (number | null)[][]): void;
  setSize(size: { width: number; height: number }): void;
  destroy(): void;
}
