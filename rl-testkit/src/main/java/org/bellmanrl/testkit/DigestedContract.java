package org.bellmanrl.testkit;

/** A contract whose subject's behaviour can be told by one number, in any JVM. */
interface DigestedContract {

  /** A digest of everything the subject shows when it is played by the contract. */
  String digest();
}
