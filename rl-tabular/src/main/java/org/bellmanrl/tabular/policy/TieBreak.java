package org.bellmanrl.tabular.policy;

/** What is done when several actions are valued best. */
public enum TieBreak {
  /** Each is as likely. */
  RANDOM,
  /** The one with the smallest number. */
  FIRST
}
