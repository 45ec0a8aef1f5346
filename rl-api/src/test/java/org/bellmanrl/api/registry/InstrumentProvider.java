package org.bellmanrl.api.registry;

/** The kind of the tests: public, because plugins that are compiled at run time implement it. */
public interface InstrumentProvider<C extends Record> extends Provider<C> {
  /** Makes the instrument's sound. */
  String play(C config);
}
