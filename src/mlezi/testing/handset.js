// What a test's scripts have at hand in the page: the engine room, and fingers that fill in a form.
async ({ chunk, days, options }) => {
  if (days) {
    const Real = Date;
    const ahead = days * 86400000;
    window.Date = class extends Real {
      constructor(...given) {
        if (given.length) super(...given);
        else super(Real.now() + ahead);
      }
      static now() {
        return Real.now() + ahead;
      }
    };
  }
  const engineRoom = await import(chunk);
  window.patience = options.patience;
  window.device = await engineRoom.openDevice(options);
  window.core = null;
  window.drafts = {};

  const parts = function* (part) {
    yield part;
    for (const child of part.children) yield* parts(child);
  };
  window.find = (within, name) => [...parts(within)].find((part) => part.name === name && part.kind !== "row");
  window.picture = (name, size, seed = 1) => {
    const bytes = new Uint8Array(size);
    let dice = seed;
    for (let at = 0; at < size; at += 1) {
      dice = (dice * 1103515245 + 12345) & 0x7fffffff;
      bytes[at] = dice >> 16;
    }
    return new File([bytes], name, { type: name.endsWith("m4a") ? "audio/mp4" : "image/jpeg" });
  };
  // Answers by name; a list is rows of a repeat; { file, size, seed } is a photograph or a sound.
  window.answer = (within, answers) => {
    for (const [name, value] of Object.entries(answers)) {
      const part = find(within, name);
      if (!part) throw new Error(`no question ${name}`);
      if (Array.isArray(value) && part.kind === "repeat") {
        value.forEach((row, at) => {
          while (part.children.length <= at) part.addRow();
          answer(part.children[at], row);
        });
      } else if (part.control === "select") part.choose(Array.isArray(value) ? value : [value]);
      else if (part.control === "upload") part.setFile(value === null ? null : picture(value.file, value.size, value.seed));
      else if (part.type === "geopoint") part.setPosition(value);
      else part.set(value);
    }
  };
  window.begin = async (form, answers, how = {}) => {
    const draft = await core.startDraft(form, how);
    answer(draft.session.whole, answers);
    await draft.save();
    drafts[draft.id] = draft;
    return draft.id;
  };
  window.finish = async (id) => {
    const draft = drafts[id] ?? (await core.openDraft(id));
    drafts[id] = draft;
    await draft.finalise();
    delete drafts[id];
    return id;
  };
  window.noteOf = async (id) => /<note>([^<]*)<\/note>/.exec((await core.frozen(id)).xml)?.[1] ?? "";
  // The next scenario starts with an empty phone.
  window.emptied = async () => {
    for (const draft of Object.values(drafts)) await draft.close().catch(() => 0);
    window.drafts = {};
    const base = await new Promise((done) => (indexedDB.open(`mlezi-field-${core.person.id}`).onsuccess = (event) => done(event.target.result)));
    const turn = base.transaction(["records", "blobs", "facts"], "readwrite");
    turn.objectStore("records").clear();
    turn.objectStore("blobs").clear();
    turn.objectStore("facts").delete("entities");
    await new Promise((done) => (turn.oncomplete = done));
    base.close();
  };
  window.frozen = async (id) => {
    const { xml, files } = await core.frozen(id);
    const hash = async (bytes) =>
      [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((one) => one.toString(16).padStart(2, "0")).join("");
    const hashes = {};
    for (const file of files) hashes[file.name] = await hash(await file.arrayBuffer());
    return { xml, sha256: await hash(new TextEncoder().encode(xml)), files: hashes };
  };
  // Every record on the phone, as it would leave it.
  window.everything = async () => {
    const all = await core.records();
    return Promise.all(
      all.map(async ({ id, state, trouble }) => {
        const one = await frozen(id);
        return { id, state, trouble, ...one, note: /<note>([^<]*)<\/note>/.exec(one.xml)?.[1] ?? "" };
      }),
    );
  };
};
