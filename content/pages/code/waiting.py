import asyncio


async def slowly(value):
    return value + 1


async def main():
    coroutine = slowly(1)
    print(asyncio.iscoroutine(coroutine))  # True
    print(await coroutine)  # 2
    every = await asyncio.gather(slowly(1), slowly(2))
    print(every)  # [2, 3]


asyncio.run(main())
