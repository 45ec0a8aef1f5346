package org.bellmanrl.deep.internal.kernel;

/** The cells of recurrent layers, after the products with their weights. */
public interface RecurrentCells {
  /**
   * A step of long short-term memory, in rows from {@code first} on. A row of gates holds the sums
   * of i, f, o and g, {@code units} numbers each, which their values replace:
   *
   * <pre>
   * i = σ(i), f = σ(f), o = σ(o), g = tanh(g)
   * c′ = fma(f, c, i·g), t = tanh(c′), h = o·t
   * </pre>
   *
   * @param units of a row, with padding: a {@link Kernel#stride}
   * @param before c
   * @param cells takes c′
   * @param squashed takes t
   * @param out takes h
   */
  void lstm(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] cells,
      float[] squashed,
      float[] out);

  /**
   * The gradients of {@link #lstm}, from those of h:
   *
   * <pre>
   * dc′ = fma(dh·o, fma(−t, t, 1), dc)
   * di = dc′·g·i·(1 − i), df = dc′·c·f·(1 − f), do = dh·t·o·(1 − o), dg = dc′·i·fma(−g, g, 1)
   * dc = dc′·f, hidden = 0
   * </pre>
   *
   * @param dGates takes di, df, do and dg, row by row as the gates are
   * @param dCells dc of the step behind, replaced by that of this one: its first {@code rows} rows
   * @param hidden what reaches the state beside the gates, of as many rows
   */
  void lstmGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] before,
      float[] squashed,
      float[] dOut,
      float[] dGates,
      float[] dCells,
      float[] hidden);

  /**
   * A step of a gated recurrent unit, in rows from {@code first} on. A row of gates holds the
   * input's sums of r, z and n, {@code units} numbers each and the padding of all together, which
   * their values replace; a row of {@code fromState} holds the state's:
   *
   * <pre>
   * r = σ(r + r_h), z = σ(z + z_h), n = tanh(fma(r, n_h, n)), h′ = fma(z, h − n, n)
   * </pre>
   *
   * @param units of a row, with padding: a {@link Kernel#stride}
   * @param before h
   * @param out takes h′
   */
  void gru(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] out);

  /**
   * The gradients of {@link #gru}, from those of h′:
   *
   * <pre>
   * dn = dh·(1 − z)·fma(−n, n, 1), dr = dn·n_h·r·(1 − r), dz = dh·(h − n)·z·(1 − z)
   * dr_h = dr, dz_h = dz, dn_h = dn·r, hidden = dh·z
   * </pre>
   *
   * @param hidden what reaches the state beside the gates: its first {@code rows} rows
   */
  void gruGradient(
      int first,
      int rows,
      int units,
      float[] gates,
      float[] fromState,
      float[] before,
      float[] dOut,
      float[] dGates,
      float[] dFromState,
      float[] hidden);
}
