// A memory for this sitting where the browser lends a frame of another site none: packages stumble over its refusal.
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].length;
  } catch {
    const kept = new Map();
    const memory = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (n) => [...kept.keys()][n] ?? null,
      get length() {
        return kept.size;
      },
    };
    Object.defineProperty(window, name, { value: memory, configurable: true });
  }
}
