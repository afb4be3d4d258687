import { describe, expect, it } from 'vitest';
import { toolMessages } from '../../../../extension/editor/languageModel/toolMessages.ts';
import { toolNames } from '../../../../extension/editor/languageModel/toolName.ts';
import { manifest } from '../../manifest.ts';

describe('messages of tools', () => {
  it('ask before code is executed, and only then', () => {
    const asking = toolNames.filter((name) => toolMessages(name, { file: 'a.lab.ts', experiment: 'One' }).question);
    expect(asking).toEqual(['depthLab_runExperiment']);
  });

  it('name experiment and file, whatever they contain', () => {
    const { question } = toolMessages('depthLab_runExperiment', {
      file: 'a\nb.lab.ts',
      experiment: `One\u202e${'x'.repeat(200)}`,
    });
    expect(question?.message).toContain('a⏎b.lab.ts');
    expect(question?.title).not.toContain('\u202e');
    expect(question!.title.length).toBeLessThan(120);
  });

  it('are those of the tools in the manifest, which are for trusted workspaces', () => {
    const tools: { name: string; when: string }[] = manifest.contributes.languageModelTools;
    expect(tools.map(({ name }) => name).sort()).toEqual([...toolNames].sort());
    expect(tools.every(({ when }) => when === 'isWorkspaceTrusted')).toBe(true);
  });
});
