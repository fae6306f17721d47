// The phone app's engine room without its screens, for the tests and measurements that play it by itself.
export * from "../field/core";
