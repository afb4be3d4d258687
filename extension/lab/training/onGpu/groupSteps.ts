import type { DeviceModule, DevicePrograms } from '../../compiler/gpu/module.ts';
import { areFinite } from '../pace.ts';
import { checkpoint } from '../run.ts';
import type { RanOn } from '../trainer.ts';
import type { Member } from './member.ts';

/** The steps of a group, on the device as long as it does what it is told to. */
export class GroupSteps {
  private readonly device: DeviceModule;
  private fallback: string | null = null;

  constructor(
    private readonly members: readonly Member[],
    private readonly programs: DevicePrograms,
  ) {
    this.device = programs.module(
      members.map(({ portable, alone, printed }) => ({
        memory: portable.module.memory,
        printed: members.length === 1 ? alone : printed,
      })),
    );
  }

  /** Why the device takes no more steps of the group; null as long as it does. */
  get lost(): string | null {
    return this.fallback;
  }

  ranOn(): RanOn {
    const { members, programs, fallback } = this;
    if (fallback !== null) return { engine: 'cpu', device: members[0].trainer.module.backend.name, fallback };
    const device = `${programs.device.name} · WebGPU · ${members[0].portable.precision}`;
    return { engine: 'gpu', device, ...(members.length > 1 ? { together: members.length } : {}) };
  }

  /** Takes steps of the given members. Of the others, the memory is not to be looked at afterwards. */
  async take(times: number, members: readonly Member[]): Promise<void> {
    const { feed, finish } = members[0].portable;
    if (feed !== null || finish !== null) {
      for (let t = 0; t < times; t++) await this.takeOne(members);
    } else if (!(await this.succeed(times))) {
      for (const { trainer } of members) trainer.step(times);
    }
  }

  private async takeOne(members: readonly Member[]): Promise<void> {
    for (const { portable } of members) portable.feed?.();
    if (!(await this.succeed(1))) for (const { portable } of members) portable.module.entry(portable.entry)(1);
    for (const { portable } of members) portable.finish?.();
  }

  /** Repeats a chunk step by step: how many steps each member takes before it is not finite, where it then stays. */
  async untilDivergence(members: readonly Member[], chunk: number): Promise<Map<Member, number>> {
    const survived = new Map<Member, number>();
    const places = new Map<Member, () => void>();
    let open = members;
    for (let count = 0; count < chunk && open.length > 0; count++) {
      await this.take(1, open);
      for (const member of open) {
        if (areFinite(member.parameters)) continue;
        survived.set(member, count);
        places.set(member, checkpoint(member.trainer, member.parameters));
      }
      open = open.filter((member) => !survived.has(member));
    }
    for (const stay of places.values()) stay();
    return survived;
  }

  /** Whether the device took the steps. */
  private async succeed(times: number): Promise<boolean> {
    if (this.fallback !== null) return false;
    try {
      await this.device.run(times);
      return true;
    } catch (error) {
      this.fallback = `the graphics card failed: ${firstLine(error)}`;
      await this.programs.examine(this.fallback);
      return false;
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
}
