// SHA-256 (FIPS 180-4) of a stream of pieces: what a browser brings of its own wants the whole file in memory at once.
const turned = (x, by) => (x >>> by) | (x << (32 - by));
const mixed = (x, one, two, three) => turned(x, one) ^ turned(x, two) ^ turned(x, three);
const sha256 = () => {
  const roots = (power) => {
    // The first 32 bits of the fractions of roots of the first primes: found in whole numbers, so that no rounding enters.
    const words = [], primes = [];
    for (let n = 2; words.length < (power === 2n ? 8 : 64); n += 1) {
      if (primes.some((prime) => n % prime === 0)) continue;
      primes.push(n);
      const scaled = BigInt(n) << (32n * power);
      let low = 0n, high = 1n << 40n;
      while (high - low > 1n) { const middle = (low + high) >> 1n; if (middle ** power <= scaled) low = middle; else high = middle; }
      words.push(Number(low & 0xffffffffn) | 0);
    }
    return words;
  };
  const rounds = Int32Array.from(roots(3n)), state = Int32Array.from(roots(2n)), w = new Int32Array(64);
  const rest = new Uint8Array(64);
  let held = 0, total = 0;

  const blocks = (bytes, from, count) => {
    let [a0, b0, c0, d0, e0, f0, g0, h0] = state, at = from;
    for (let block = 0; block < count; block += 1) {
      for (let i = 0; i < 16; i += 1, at += 4) w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15], y = w[i - 2];
        w[i] = (w[i - 16] + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + w[i - 7] + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10))) | 0;
      }
      let a = a0, b = b0, c = c0, d = d0, e = e0, f = f0, g = g0, h = h0, t = 0;
      // Eight rounds at a time, so that no value is moved from name to name: a quarter faster.
      for (let i = 0; i < 64; i += 8) {
        t = (h + mixed(e, 6, 11, 25) + (g ^ (e & (f ^ g))) + rounds[i] + w[i]) | 0; d = (d + t) | 0; h = (t + mixed(a, 2, 13, 22) + ((a & b) | (c & (a | b)))) | 0;
        t = (g + mixed(d, 6, 11, 25) + (f ^ (d & (e ^ f))) + rounds[i + 1] + w[i + 1]) | 0; c = (c + t) | 0; g = (t + mixed(h, 2, 13, 22) + ((h & a) | (b & (h | a)))) | 0;
        t = (f + mixed(c, 6, 11, 25) + (e ^ (c & (d ^ e))) + rounds[i + 2] + w[i + 2]) | 0; b = (b + t) | 0; f = (t + mixed(g, 2, 13, 22) + ((g & h) | (a & (g | h)))) | 0;
        t = (e + mixed(b, 6, 11, 25) + (d ^ (b & (c ^ d))) + rounds[i + 3] + w[i + 3]) | 0; a = (a + t) | 0; e = (t + mixed(f, 2, 13, 22) + ((f & g) | (h & (f | g)))) | 0;
        t = (d + mixed(a, 6, 11, 25) + (c ^ (a & (b ^ c))) + rounds[i + 4] + w[i + 4]) | 0; h = (h + t) | 0; d = (t + mixed(e, 2, 13, 22) + ((e & f) | (g & (e | f)))) | 0;
        t = (c + mixed(h, 6, 11, 25) + (b ^ (h & (a ^ b))) + rounds[i + 5] + w[i + 5]) | 0; g = (g + t) | 0; c = (t + mixed(d, 2, 13, 22) + ((d & e) | (f & (d | e)))) | 0;
        t = (b + mixed(g, 6, 11, 25) + (a ^ (g & (h ^ a))) + rounds[i + 6] + w[i + 6]) | 0; f = (f + t) | 0; b = (t + mixed(c, 2, 13, 22) + ((c & d) | (e & (c | d)))) | 0;
        t = (a + mixed(f, 6, 11, 25) + (h ^ (f & (g ^ h))) + rounds[i + 7] + w[i + 7]) | 0; e = (e + t) | 0; a = (t + mixed(b, 2, 13, 22) + ((b & c) | (d & (b | c)))) | 0;
      }
      a0 = (a0 + a) | 0; b0 = (b0 + b) | 0; c0 = (c0 + c) | 0; d0 = (d0 + d) | 0;
      e0 = (e0 + e) | 0; f0 = (f0 + f) | 0; g0 = (g0 + g) | 0; h0 = (h0 + h) | 0;
    }
    state.set([a0, b0, c0, d0, e0, f0, g0, h0]);
  };

  const add = (bytes) => {
    let at = 0;
    total += bytes.length;
    if (held) {
      at = Math.min(64 - held, bytes.length);
      rest.set(bytes.subarray(0, at), held);
      held += at;
      if (held < 64) return;
      blocks(rest, 0, 1);
    }
    const whole = (bytes.length - at) >> 6;
    blocks(bytes, at, whole);
    rest.set(bytes.subarray(at + whole * 64));
    held = bytes.length - at - whole * 64;
  };

  const hex = () => {
    const length = total, end = new Uint8Array(held < 56 ? 64 - held : 128 - held);
    end[0] = 0x80;
    new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(length) * 8n);
    add(end);
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  };
  return { add, hex };
};

const SLICE = 4 << 20;

// The hash of a file, read slice by slice: never more than two are in memory. `told` hears the bytes done; null once `stopped` says so.
const hashed = async (file, told, stopped) => {
  const sum = sha256(), read = (at) => file.slice(at, at + SLICE).arrayBuffer();
  let coming = read(0);
  for (let at = 0; at < file.size; at += SLICE) {
    const part = new Uint8Array(await coming);
    if (stopped()) return null;
    // The next one is read while this one is reckoned with; what goes wrong is heard when it is waited for.
    coming = read(at + SLICE);
    coming.catch(() => {});
    if (part.length !== Math.min(SLICE, file.size - at)) throw new Error("the file changed its length");
    sum.add(part);
    told(at + part.length);
  }
  return stopped() ? null : sum.hex();
};
