/*
 * Shows what the endpoint beside this script tells, and asks it again and again: once a
 * second while somebody looks, twice a minute while nobody does, and never before the
 * answer to the last question. What it is told goes into the page as text alone.
 */
const ENDPOINT = new URL(".", import.meta.url).href.slice(0, -1);
const VISIBLE = 1_000;
const HIDDEN = 30_000;
const PATIENCE = 10_000;
const SAMPLES_EVERY = 5_000;
const SPAN = 15 * 60;
const REPLACED_SOON = 0.9;

const freshness = document.getElementById("freshness");
const views = new Map();
let answered = null;
let failure = null;
let timer = null;
let asking = false;

// Times

function seconds(duration) {
	const parts = /^-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration ?? "");
	if (!parts) {
		return null;
	}
	const [days, hours, minutes, rest] = parts.slice(1).map((part) => Number(part ?? 0));
	return (duration.startsWith("-") ? -1 : 1) * (((days * 24 + hours) * 60 + minutes) * 60 + rest);
}

function told(length) {
	if (length === null) {
		return "unknown";
	}
	if (length < 0) {
		return `${told(-length)} ago`;
	}
	if (length < 1) {
		return `${Math.round(length * 1000)} ms`;
	}
	for (const [unit, size, smaller, part] of [["d", 86_400, "h", 3_600], ["h", 3_600, "min", 60], ["min", 60, "s", 1]]) {
		if (length >= size) {
			const rest = Math.floor((length % size) / part);
			return `${Math.floor(length / size)} ${unit}${rest ? ` ${rest} ${smaller}` : ""}`;
		}
	}
	return `${length < 10 ? Math.round(length * 10) / 10 : Math.round(length)} s`;
}

function lasting(duration) {
	return told(seconds(duration));
}

function at(moment) {
	return new Date(moment).toLocaleString();
}

function asText(value) {
	return seconds(value) !== null ? lasting(value) : String(value);
}

function words(name) {
	return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}

// The page's elements

function text(element, value) {
	if (element.textContent !== value) {
		element.textContent = value;
	}
}

function element(name, className, value) {
	const created = document.createElement(name);
	created.className = className ?? "";
	created.textContent = value ?? "";
	return created;
}

/** Makes a list show some things, with the elements it has for those it knows already, none of which is moved in vain. */
function list(parent, known, things, key, create, update) {
	const named = new Map(things.map((thing) => [key(thing), thing]));
	for (const [name, shown] of known) {
		if (!named.has(name)) {
			shown.remove();
			known.delete(name);
		}
	}
	let next = parent.firstElementChild;
	for (const [name, thing] of named) {
		let shown = known.get(name);
		if (!shown) {
			shown = create(thing);
			known.set(name, shown);
		}
		if (shown === next) {
			next = next.nextElementSibling;
		}
		else {
			parent.insertBefore(shown, next);
		}
		update(shown, thing);
	}
}

function pairs(dl, entries) {
	const all = entries.filter(([, value]) => value !== undefined && value !== null);
	while (dl.children.length > 2 * all.length) {
		dl.lastChild.remove();
	}
	while (dl.children.length < 2 * all.length) {
		dl.append(element("dt"), element("dd"));
	}
	all.forEach(([name, value], place) => {
		text(dl.children[2 * place], name);
		text(dl.children[2 * place + 1], String(value));
	});
}

function row(cells) {
	const created = document.createElement("tr");
	cells.forEach((cell) => created.append(element("td", "", cell)));
	return created;
}

// A connection

function progress(connection) {
	const allowed = seconds(connection.deadline?.allowed);
	return allowed ? Math.min(1, Math.max(0, 1 - seconds(connection.deadline.left) / allowed)) : 0;
}

function state(connection) {
	if (connection.superseded || progress(connection) > REPLACED_SOON) {
		return "soon";
	}
	if (connection.inTransaction) {
		return "transaction";
	}
	return connection.heldFor ? "lent" : "idle";
}

const STATES = { soon: "replaced soon", transaction: "in a transaction", lent: "lent", idle: "idle" };

function described(connection) {
	const left = connection.deadline ? `, ${lasting(connection.deadline.left)} to ${connection.deadline.limit}` : "";
	return `${connection.serverConnectionId ?? connection.name}: ${STATES[state(connection)]}${left}`;
}

function createBar(view, connection) {
	const item = document.createElement("li");
	const bar = element("button", "bar");
	bar.type = "button";
	bar.append(element("span"), element("span", "fill"));
	bar.addEventListener("click", () => {
		view.selected = (view.selected === connection.name) ? null : connection.name;
		showConnections(view);
	});
	item.append(bar);
	return item;
}

function updateBar(view, item, connection) {
	const bar = item.firstChild;
	const className = `bar ${state(connection)}`;
	if (bar.className !== className) {
		bar.className = className;
	}
	text(bar.firstChild, described(connection));
	bar.lastChild.style.transform = `scaleX(${progress(connection).toFixed(3)})`;
	const expanded = String(view.selected === connection.name);
	if (bar.getAttribute("aria-expanded") !== expanded) {
		bar.setAttribute("aria-expanded", expanded);
	}
}

function showConnections(view) {
	const connections = view.pool.connections ?? [];
	list(view.bars, view.barsByName, connections, (connection) => connection.name,
		(connection) => createBar(view, connection), (bar, connection) => updateBar(view, bar, connection));
	const selected = connections.find((connection) => connection.name === view.selected);
	view.detail.hidden = !selected;
	if (selected) {
		pairs(view.detail, [
			["connection", selected.name], ["session of the server", selected.serverConnectionId],
			["age", lasting(selected.age)], ["quiet for", lasting(selected.quiet)],
			["held by", selected.holder ?? (selected.heldFor ? "somebody" : "nobody")],
			["for", selected.request], ["held for", selected.heldFor && lasting(selected.heldFor)],
			["limit", selected.deadline?.limit],
			["allowed", selected.deadline && lasting(selected.deadline.allowed)],
			["left", selected.deadline && lasting(selected.deadline.left)],
		]);
	}
}

// The last minutes

function shape(name, className, attributes) {
	const created = document.createElementNS("http://www.w3.org/2000/svg", name);
	created.setAttribute("class", className);
	Object.entries(attributes).forEach(([attribute, value]) => created.setAttribute(attribute, value));
	return created;
}

function place(moment) {
	return Math.max(0, 900 * (1 - (Date.now() - Date.parse(moment)) / 1000 / SPAN));
}

/** Returns when outages began and ended, an end that is still to come being null. */
function outages(view) {
	const bands = [];
	let end = null;
	for (const event of view.events) {
		if (event.type === "OutageEnded") {
			end = event.at;
		}
		else if (event.type === "OutageBegan") {
			bands.push([event.at, end]);
		}
	}
	return bands.filter(([, ended]) => !ended || place(ended) > 0);
}

/** Draws the last minutes, anew only where something came since: each second all would be where it was. */
function showChart(view, sampled) {
	const bands = outages(view);
	const shown = String(bands);
	if (!sampled && shown === view.outages) {
		return;
	}
	view.outages = shown;
	const samples = view.samples;
	const pings = samples.filter((sample) => sample.slowestPing);
	const slowest = Math.max(0.001, ...pings.map((sample) => seconds(sample.slowestPing)));
	const most = Math.max(1, ...samples.map((sample) => sample.waiting));
	view.chart.replaceChildren(
		...bands.map(([began, ended]) => {
			const end = ended ? place(ended) : 900;
			return shape("rect", "outage", { x: place(began), y: 0, width: Math.max(2, end - place(began)), height: 100 });
		}),
		shape("path", "waiting", { d: samples.filter((sample) => sample.waiting)
			.map((sample) => `M${place(sample.at) - 5} 100v${-100 * sample.waiting / most}h5V100z`).join("") }),
		shape("polyline", "ping",
			{ points: pings.map((sample) => `${place(sample.at)},${100 - 90 * seconds(sample.slowestPing) / slowest}`).join(" ") }));
	const waited = Math.max(0, ...samples.map((sample) => sample.waiting));
	const summary = [
		pings.length ? `Slowest ping ${told(slowest)}, the last one ${lasting(pings[0].slowestPing)}` : "No ping",
		waited ? `up to ${waited} waited for a connection` : "nobody waited for a connection",
		bands.length ? `${bands.length} ${bands.length === 1 ? "outage" : "outages"}` : "no outage",
	].join("; ");
	view.chart.setAttribute("aria-label", summary);
	text(view.caption, `${summary}.`);
}

// Events

function createEvent(event) {
	const details = Object.entries(event).filter(([name]) => name !== "type" && name !== "at")
		.map(([name, value]) => (name === "description") ? value : `${words(name)} ${asText(value)}`).join(", ");
	return row([at(event.at), words(event.type), details]);
}

function filter(view, cause) {
	const button = element("button", "", cause === null ? "all" : words(cause.toLowerCase().replaceAll("_", " ")));
	button.type = "button";
	button.addEventListener("click", () => {
		view.cause = cause;
		showEvents(view);
	});
	return button;
}

function showEvents(view) {
	const causes = [null, ...new Set(view.events.map((event) => event.cause).filter(Boolean))];
	if (!causes.includes(view.cause)) {
		view.cause = null;
	}
	list(view.filters, view.filtersByCause, causes, (cause) => cause, (cause) => filter(view, cause),
		(button, cause) => button.setAttribute("aria-pressed", String(cause === view.cause)));
	const shown = view.events.filter((event) => view.cause === null || event.cause === view.cause);
	list(view.eventRows, view.eventsByKey, shown, (event) => JSON.stringify(event), createEvent, () => { });
}

// A pool

function createView(name) {
	const section = document.getElementById("pool").content.firstElementChild.cloneNode(true);
	const find = (selector) => section.querySelector(selector);
	text(find("h2"), name);
	find(".events").parentElement.setAttribute("aria-label", `Events of ${name}`);
	find(".settings").parentElement.setAttribute("aria-label", `Settings of ${name}`);
	return {
		section, name, pool: {}, events: [], toldEvents: "", outages: "", samples: [], samplesAt: 0, selected: null, cause: null,
		bars: find(".bars"), barsByName: new Map(), detail: find(".detail"),
		filters: find(".filters"), filtersByCause: new Map(), eventRows: find(".events tbody"), eventsByKey: new Map(),
		settings: find(".settings tbody"), settingsByName: new Map(), server: find(".server"),
		verdict: find(".verdict"), counters: find(".counters"), chart: find(".chart svg"), caption: find("figcaption"),
	};
}

function showVerdict(view) {
	const { verdict, counters } = view.pool;
	view.verdict.className = `verdict ${verdict.status.toLowerCase()}`;
	text(view.verdict.firstChild, verdict.sentence);
	text(view.verdict.lastChild, verdict.action ?? "");
	text(view.counters, `${verdict.since ? `Since ${at(verdict.since)}. ` : ""}${counters.active} in use, ${counters.idle} idle, ${counters.waiting} waiting, `
		+ `at most ${counters.maximum}${counters.leaked ? `, ${counters.leaked} not given back` : ""}`);
}

function showSettings(view) {
	const { settings, server } = view.pool;
	list(view.settings, view.settingsByName, Object.entries(settings), ([name]) => name,
		([name]) => row([words(name), "", ""]), (shown, [, value]) => {
			text(shown.children[1], value.requested ? lasting(value.requested) : "");
			text(shown.children[2], (value.effective ? lasting(value.effective) : "")
				+ (value.source ? `, by ${value.source}` : ""));
		});
	pairs(view.server, Object.entries(server).map(([name, value]) => [words(name), asText(value)]));
}

function show(pools) {
	const parent = document.getElementById("pools");
	parent.setAttribute("aria-busy", "false");
	const sections = new Map([...views].map(([name, view]) => [name, view.section]));
	list(parent, sections, Object.entries(pools), ([name]) => name, ([name]) => {
		const view = createView(name);
		views.set(name, view);
		return view.section;
	}, (section, [name, pool]) => {
		const view = views.get(name);
		view.pool = pool;
		showVerdict(view);
		showConnections(view);
		showSettings(view);
	});
	[...views.keys()].filter((name) => !(name in pools)).forEach((name) => views.delete(name));
}

// Asking

/** Asks the endpoint, and returns its answer as text, which tells at once whether it is the same as before. */
async function ask(path) {
	const response = await fetch(ENDPOINT + path,
		{ headers: { accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
	if (response.status === 404) {
		return "{}";
	}
	if (!response.ok) {
		throw new Error(response.status === 401 || response.status === 403 ? "not permitted any more" : `status ${response.status}`);
	}
	return response.text();
}

async function askAll() {
	show(JSON.parse(await ask("")).pools ?? {});
	for (const view of views.values()) {
		const path = `/${encodeURIComponent(view.name)}`;
		const events = await ask(`${path}/events`);
		if (events !== view.toldEvents) {
			view.events = JSON.parse(events).events ?? [];
			view.toldEvents = events;
			showEvents(view);
		}
		const sampled = Date.now() - view.samplesAt > SAMPLES_EVERY;
		if (sampled) {
			view.samplesAt = Date.now();
			view.samples = JSON.parse(await ask(`${path}/samples`)).samples ?? [];
		}
		showChart(view, sampled);
	}
}

async function poll() {
	clearTimeout(timer);
	if (asking) {
		return;
	}
	asking = true;
	try {
		await askAll();
		answered = Date.now();
		failure = null;
	}
	catch (error) {
		failure = (error instanceof TypeError || error.name === "TimeoutError") ? "no answer" : error.message;
	}
	finally {
		asking = false;
		showFreshness();
		timer = setTimeout(poll, document.hidden ? HIDDEN : VISIBLE);
	}
}

function showFreshness() {
	const age = answered === null ? null : Math.round((Date.now() - answered) / 1000);
	const stale = failure !== null || (age !== null && age * 1000 > PATIENCE && !document.hidden);
	document.body.classList.toggle("stale", stale);
	if (stale) {
		text(freshness, age === null ? `The application: ${failure}` : `${failure ?? "no answer"} for ${age} s; this was before`);
	}
	else if (answered !== null) {
		text(freshness, "Up to date");
	}
}

setInterval(showFreshness, 1_000);
document.addEventListener("visibilitychange", () => {
	if (!document.hidden) {
		poll();
	}
});
poll();
