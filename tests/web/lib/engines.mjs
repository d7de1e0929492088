// Three engines behind one face, driven by WebDriver: Chromium and Firefox by its bidirectional protocol, WebKit by the classic one,
// in the browser that its library brings, on a screen that nobody sees.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import puppeteer from "puppeteer-core";
import { Builder, By, Capabilities } from "selenium-webdriver";

/** The engines by name, each as a function that starts one. */
export const engines = {
  Chromium: () => bidirectional("chrome", process.env.CHROMIUM, ["--no-sandbox", "--font-render-hinting=none"]),
  Firefox: () => bidirectional("firefox", process.env.FIREFOX, []),
  WebKit: () => webkit(process.env.WEBKIT_DRIVER, process.env.MINIBROWSER),
};

const size = { width: 1280, height: 900 };

async function bidirectional(browser, executablePath, args) {
  const running = await puppeteer.launch({ browser, executablePath, protocol: "webDriverBiDi", args, defaultViewport: size });
  const page = await running.newPage();
  page.setDefaultTimeout(10_000);
  return {
    open: (url) => page.goto(url),
    run: (look, ...values) => page.evaluate(look, ...values),
    click: (css) => page.click(css),
    type: (css, text) => page.type(css, text),
    press: (keys) => page.keyboard.type(keys),
    back: () => page.goBack(),
    close: () => running.close(),
  };
}

async function webkit(driver, binary) {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${size.width + 200}x${size.height + 300}x24`, "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [display] = await once(screen.stdio[3], "data");
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: "x11" };
  const server = spawn(driver, [`--port=${port}`], { env, stdio: "ignore" });
  const close = async () => {
    server.kill();
    screen.kill();
  };
  try {
    const wanted = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args: ["--automation"] } });
    const running = await connected(() => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(wanted).build());
    await widen(running);
    return {
      open: (url) => running.get(url),
      run: (look, ...values) => running.executeScript(`return (${look}).apply(null, arguments)`, ...values),
      click: (css) => running.findElement(By.css(css)).click(),
      type: (css, text) => running.findElement(By.css(css)).sendKeys(text),
      press: (keys) => running.actions().sendKeys(...keys).perform(),
      back: () => running.navigate().back(),
      close: () => running.quit().finally(close),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the window as much larger than the page as its own bars take. A window follows a while after it is told to: what it was is no measure of what it lacks. */
async function widen(running) {
  const lacking = async () => {
    const [width, height] = await running.executeScript("return [innerWidth, innerHeight]");
    return { width: size.width - width, height: size.height - height };
  };
  const fits = async () => {
    const { width, height } = await lacking();
    return width === 0 && height === 0;
  };
  for (let left = 5; left > 0; left -= 1) {
    const more = await lacking();
    const { width, height } = await running.manage().window().getRect();
    await running.manage().window().setRect({ width: width + more.width, height: height + more.height });
    if (await running.wait(fits, 3_000).catch(() => false)) return;
  }
  throw new Error(`the page never became ${size.width} x ${size.height}`);
}

/** Asks a server that has just been started until it answers. */
async function connected(ask) {
  for (let left = 50; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || !/ECONNREFUSED/.test(`${error.message} ${error.cause}`)) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

