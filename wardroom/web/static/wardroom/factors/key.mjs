// Asks a security key, or the lock of this device, and sends the form with what it said.

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (keys = []) => keys.map((key) => ({ ...key, id: bytesOf(key.id) }));

const create = async ({ creation_options: { publicKey } }) => {
  const made = await navigator.credentials.create({
    publicKey: { ...publicKey, challenge: bytesOf(publicKey.challenge), user: { ...publicKey.user, id: bytesOf(publicKey.user.id) }, excludeCredentials: known(publicKey.excludeCredentials) },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return { ...named(made), response: { clientDataJSON: textOf(clientDataJSON), attestationObject: textOf(attestationObject) } };
};

const get = async ({ request_options: { publicKey } }) => {
  const found = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytesOf(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  return {
    ...named(found),
    response: { clientDataJSON: textOf(clientDataJSON), authenticatorData: textOf(authenticatorData), signature: textOf(signature), userHandle: userHandle && textOf(userHandle) },
  };
};

const named = (one) => ({ id: one.id, rawId: textOf(one.rawId), type: one.type, clientExtensionResults: one.getClientExtensionResults() });

const WHY = {
  NotAllowedError: "The key was not used in time, or the question was closed. Press the button to try again.",
  InvalidStateError: "This key is on your list already.",
  SecurityError: "This address of the site cannot be used with security keys. Use a code app, or ask the office.",
};

for (const form of document.querySelectorAll("form[data-key]")) {
  const alarm = form.querySelector("[role=alert]");
  const field = form.elements["confirm-credential"] ?? form.elements.credential;
  const typed = () => form.elements["confirm-code"]?.value.trim();
  const unnamed = () => form.elements.name_?.value.trim() === "";
  form.addEventListener("submit", async (event) => {
    if (field.value || typed() || unnamed() || event.submitter?.matches("[data-plain]")) return;
    event.preventDefault();
    alarm.hidden = true;
    try {
      const asked = JSON.parse(form.dataset.asked);
      field.value = JSON.stringify(await (form.dataset.key === "create" ? create(asked) : get(asked)));
      form.requestSubmit();
    } catch (error) {
      alarm.textContent = WHY[error.name] ?? "This browser could not ask a security key. Use a code app.";
      alarm.hidden = false;
    }
  });
}
