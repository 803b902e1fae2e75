/*
 * Does what a button says, and tells below it what came of that. What the application
 * answers goes into the page as text alone.
 */
const COUNT = 10;
const FLOOD = 150;
const IN_USE = "actuator/metrics/hikaricp.connections.active";
const PATIENCE = 2_000;

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

// Asking

function told(milliseconds) {
	return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${number.format(milliseconds / 1_000)} s`;
}

function firstLine(text) {
	return text.trim().split("\n", 1)[0];
}

/** Sends a request, and returns what it was answered: the content, and all of it as a sentence. */
async function send(method, path, parameters = {}) {
	const query = new URLSearchParams(parameters).toString();
	const name = `${method} /${path}`;
	const began = performance.now();
	try {
		const answer = await fetch(query ? `${path}?${query}` : path, { method, cache: "no-store" });
		const text = await answer.text();
		const content = answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
		const message = answer.ok ? (typeof content === "string" ? content : "") : content.message ?? text;
		const sentence = `${name}: ${answer.status} after ${told(performance.now() - began)}`;
		return { ok: answer.ok, content, sentence: message ? `${sentence}: ${firstLine(message)}` : sentence };
	}
	catch (error) {
		return { ok: false, content: null, sentence: `${name}: no answer: ${error.message}` };
	}
}

// Telling

class Outcome {

	constructor(parent) {
		this.parent = parent;
		parent.replaceChildren();
	}

	add(text, className = "") {
		const line = document.createElement("p");
		line.className = className;
		line.textContent = text;
		this.parent.append(line);
	}

	verdict(good, text) {
		this.add(`${good ? "✓" : "✗"} ${text}`, good ? "good" : "bad");
	}

	/** Sends a request, and tells of it. */
	async ask(...request) {
		const answer = await send(...request);
		this.add(answer.sentence, answer.ok ? "" : "bad");
		return answer;
	}

	/** Tells of many requests that the application has sent to itself. */
	traffic(answer) {
		if (!answer.ok) {
			this.verdict(false, answer.sentence);
			return;
		}
		const { requests, answered, slowestMillis, failures } = answer.content;
		this.verdict(answered === requests,
			`${answered} of ${requests} requests were answered, the slowest after ${told(slowestMillis)}`);
		Object.entries(failures).forEach(([failure, count]) => this.add(`${count} times ${failure}`, "bad"));
	}

	/** Tells whether there are as many rows of a text as there should be. */
	async rows(text, expected) {
		const answer = await send("GET", "notes");
		if (!answer.ok) {
			this.verdict(false, answer.sentence);
			return;
		}
		const count = answer.content.filter((note) => note.text === text).length;
		const counted = (count === 0) ? "No row is there" : `${count} ${count === 1 ? "row is" : "rows are"} there`;
		this.verdict(count === expected, counted);
	}

}

// The buttons

/** Returns a text that no row has yet. */
function mark(name) {
	return `${name} ${Math.random().toString(36).slice(2, 8)}`;
}

async function requests(outcome, count, text) {
	const answer = await send("POST", "traffic", { requests: count, text });
	outcome.traffic(answer);
	return answer.content?.answered ?? 0;
}

/** Asks how many connections are in use until none is, or for a while. */
async function inUse() {
	const until = performance.now() + PATIENCE;
	for (;;) {
		const answer = await send("GET", IN_USE);
		const count = answer.content?.measurements?.[0].value;
		if (!answer.ok || count === 0 || performance.now() > until) {
			return count;
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

const ACTIONS = {

	async write(outcome) {
		const text = mark("written");
		if ((await outcome.ask("POST", "notes", { text })).ok) {
			await outcome.rows(text, 1);
		}
	},

	async throw(outcome) {
		const text = mark("written before it threw");
		await outcome.ask("POST", "notes/broken", { text });
		await outcome.rows(text, 0);
	},

	async kill(outcome) {
		await requests(outcome, COUNT, mark("before the kill"));
		await outcome.ask("POST", "sessions/kill");
		await requests(outcome, COUNT, mark("after the kill"));
	},

	async restart(outcome) {
		await requests(outcome, COUNT, mark("before the restart"));
		const text = mark("during the restart");
		const answer = await outcome.ask("POST", "server/restart", { requests: COUNT, text });
		if (answer.ok) {
			outcome.traffic(answer);
			await outcome.rows(text, answer.content.answered);
		}
	},

	async leak(outcome) {
		if ((await outcome.ask("POST", "connections/leak")).ok) {
			const count = await inUse();
			outcome.verdict(count === 0,
				count === 0 ? "No connection is in use" : `In use by nobody, and lost to the pool: ${count ?? "unknown"}`);
		}
	},

	async hold(outcome) {
		const text = mark("in a long transaction");
		if ((await outcome.ask("POST", "connections/hold", { text })).ok) {
			await outcome.rows(text, 1);
		}
	},

	async flood(outcome) {
		const text = mark("flood");
		const answered = await requests(outcome, FLOOD, text);
		await outcome.rows(text, answered);
	},

};

let underWay = false;

/** Does what a button is for, unless another one is under way, which would be mixed up with it. */
async function press(button, action) {
	if (underWay) {
		return;
	}
	const outcome = button.parentElement.querySelector(".outcome");
	const buttons = document.querySelectorAll("button");
	const clock = button.nextElementSibling;
	const began = performance.now();
	const timer = setInterval(() => {
		clock.textContent = `under way for ${told(performance.now() - began)}`;
	}, 500);
	underWay = true;
	buttons.forEach((each) => each.setAttribute("aria-disabled", "true"));
	outcome.setAttribute("aria-busy", "true");
	try {
		await action(new Outcome(outcome));
	}
	finally {
		outcome.setAttribute("aria-busy", "false");
		buttons.forEach((each) => each.setAttribute("aria-disabled", "false"));
		underWay = false;
		clearInterval(timer);
		clock.textContent = "";
	}
}

function connect(button, action) {
	const clock = document.createElement("span");
	clock.setAttribute("aria-hidden", "true");
	button.after(clock);
	button.addEventListener("click", () => press(button, action));
}

// The guard's page

async function showGuard() {
	const actuator = await send("GET", "actuator");
	const page = actuator.content?._links?.connectionguard?.href;
	const shown = document.getElementById(page ? "frame" : "nothing").content.cloneNode(true);
	if (page) {
		shown.firstElementChild.src = page;
	}
	document.getElementById("beside").append(shown);
	document.getElementById("guard").textContent = `The guard is ${page ? "on" : "off"}`;
	document.body.classList.add(page ? "guarded" : "unguarded");
}

Object.entries(ACTIONS).forEach(([name, action]) => connect(document.getElementById(name), action));
showGuard();
