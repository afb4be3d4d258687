import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The results panel: a page inside a page inside the workbench. */
export class Panel {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').first().frameLocator('iframe#active-frame');
  }

  /** Something in the panel, by its words. */
  text(text: string | RegExp): Locator {
    return this.frame.getByText(text).first();
  }

  /** Clicks the panel's own Run. */
  async run(): Promise<void> {
    await this.frame.getByRole('button', { name: 'Run' }).first().click();
  }

  /** Waits until the panel shows something. */
  async shown(): Promise<void> {
    await this.frame.locator('body *:visible').first().waitFor();
  }
}
