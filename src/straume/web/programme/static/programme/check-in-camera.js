// Reads tickets with the camera: by the browser's own detector where there is one, else by the decoder kept with the page.
(() => {
  if (!window.CheckIn) return;
  const { root, words } = CheckIn;
  const one = (name) => root.querySelector(`[data-${name}]`);
  const EVERY = 150; // ms between two looks
  const SAME = 4000; // ms in which one ticket is read once
  const WIDEST = 800; // px that are looked at
  const canvas = document.createElement("canvas");
  let stream = null;
  let last = { text: "", at: 0 };

  async function decoder() {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async (video) => ((await detector.detect(video))[0] || {}).rawValue;
    }
    if (!window.jsQR) {
      await new Promise((done, fail) => {
        const script = Object.assign(document.createElement("script"), { src: root.dataset.decoder, onload: done, onerror: fail });
        document.head.append(script);
      });
    }
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async (video) => {
      const scale = Math.min(1, WIDEST / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const picture = context.getImageData(0, 0, canvas.width, canvas.height);
      return (window.jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" }) || {}).data;
    };
  }

  function heard(text) {
    const now = Date.now();
    if (text === last.text && now - last.at < SAME) return;
    last = { text, at: now };
    if (navigator.vibrate) navigator.vibrate(80);
    CheckIn.checkInByCode(text, "qr");
  }

  async function look(video, read) {
    if (!stream) return;
    try {
      const text = video.readyState >= 2 && video.videoWidth ? await read(video) : "";
      if (text) heard(text);
    } catch { /* the next look may be better */ }
    setTimeout(look, EVERY, video, read);
  }

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    one("video").hidden = true;
    one("camera").textContent = words.camera_on;
  }

  async function start() {
    if (!navigator.mediaDevices) { one("camera-said").textContent = words.camera_https; return; }
    try {
      const read = await decoder();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      const video = one("video");
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      one("camera").textContent = words.camera_off;
      one("camera-said").textContent = "";
      look(video, read);
    } catch {
      stop();
      one("camera-said").textContent = words.camera_failed;
    }
  }

  one("camera").addEventListener("click", () => (stream ? stop() : start()));
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });
})();
